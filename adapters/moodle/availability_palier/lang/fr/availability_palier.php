<?php
// This file is part of Moodle - https://moodle.org/
//
// Moodle is free software: you can redistribute it and/or modify
// it under the terms of the GNU General Public License as published by
// the Free Software Foundation, either version 3 of the License, or
// (at your option) any later version.
//
// Moodle is distributed in the hope that it will be useful,
// but WITHOUT ANY WARRANTY; without even the implied warranty of
// MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
// GNU General Public License for more details.
//
// You should have received a copy of the GNU General Public License
// along with Moodle.  If not, see <https://www.gnu.org/licenses/>.

/**
 * French strings.
 *
 * @package    availability_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$string['all'] = 'Le niveau de tout le test';
$string['any'] = 'N’importe quel test, de ce cours ou d’un autre';
$string['description'] = 'Demander que les apprenants atteignent un niveau dans une compétence, ou dans tout un test, avec une probabilité.';
$string['error_chance'] = 'Écrivez de 50 à 99 chances sur cent.';
$string['error_level'] = 'Écrivez le numéro d’un niveau.';
$string['error_test'] = 'Choisissez le test dont le niveau entier est demandé, ou une compétence.';
$string['error_url'] = 'Écrivez une adresse qui commence par https:// ou http://.';
$string['gone'] = '(un test qui n’existe plus)';
$string['label_chance'] = 'Avec au moins tant de chances sur cent';
$string['label_competence'] = 'Compétence';
$string['label_level'] = 'Niveau, au moins';
$string['label_prepare'] = 'Prépare à ce niveau : activité';
$string['label_test'] = 'Mesuré par';
$string['label_url'] = 'Prépare à ce niveau : adresse d’une page';
$string['none'] = 'Aucune';
$string['notreached_all'] = 'Votre résultat à {$a->test} ne montre pas le niveau {$a->level} (avec {$a->chance} chances sur cent)';
$string['notreached_both'] = 'Votre résultat à {$a->test} ne montre pas le niveau {$a->level} en « {$a->competence} » (avec {$a->chance} chances sur cent)';
$string['notreached_competence'] = 'Vos résultats partagés ne montrent pas le niveau {$a->level} en « {$a->competence} » (avec {$a->chance} chances sur cent)';
$string['pluginname'] = 'Restriction par niveau (Palier)';
$string['preparation'] = 'une formation qui y prépare';
$string['prepare_with'] = 'Avant cela : {$a}.';
$string['privacy:metadata'] = 'La restriction par niveau n’enregistre rien sur personne.';
$string['reached_all'] = 'Votre résultat à {$a->test} montre le niveau {$a->level} ou plus (avec {$a->chance} chances sur cent)';
$string['reached_both'] = 'Votre résultat à {$a->test} montre le niveau {$a->level} ou plus en « {$a->competence} » (avec {$a->chance} chances sur cent)';
$string['reached_competence'] = 'Vos résultats partagés montrent le niveau {$a->level} ou plus en « {$a->competence} » (avec {$a->chance} chances sur cent)';
$string['title'] = 'Niveau dans une compétence';
$string['unknown'] = 'Cela n’a pas encore été mesuré, ou vous n’avez pas partagé le résultat.';
$string['unknown_test'] = 'Cela n’a pas encore été mesuré, ou vous n’avez pas partagé le résultat. Pour le mesurer : {$a}.';
