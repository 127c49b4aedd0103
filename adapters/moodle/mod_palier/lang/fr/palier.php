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
 * @package    mod_palier
 * @copyright  2026 The Palier authors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$string['eventlistviewed'] = 'Liste des tests adaptatifs consultée';
$string['modulename'] = 'Test adaptatif';
$string['modulename_help'] = 'Un test adaptatif pose à chaque personne les questions qui renseignent le plus sur son niveau, et dit à quel point le résultat est sûr.';
$string['modulenameplural'] = 'Tests adaptatifs';
$string['palier:addinstance'] = 'Ajouter un test adaptatif';
$string['palier:attempt'] = 'Passer un test adaptatif';
$string['palier:deleteattempts'] = 'Supprimer les passages des autres';
$string['palier:manageparameters'] = 'Donner leurs paramètres aux questions';
$string['palier:preview'] = 'Prévisualiser un test adaptatif';
$string['palier:reviewmyattempts'] = 'Consulter ses propres résultats';
$string['palier:view'] = 'Voir un test adaptatif';
$string['palier:viewreports'] = 'Consulter les résultats des autres';
$string['pluginadministration'] = 'Administration du test adaptatif';
$string['pluginname'] = 'Test adaptatif (Palier)';
$string['reset_attempts'] = 'Supprimer tous les passages et résultats';
