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
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$string['asked'] = 'Niveau demandé';
$string['basis_corresponding'] = 'D’après {$a->framework}, {$a->numbers} : une correspondance, pas une mesure.';
$string['basis_domain'] = 'Seul son domaine a été mesuré, ce qui ne décide rien.';
$string['basis_incomplete'] = 'D’après {$a->framework}, {$a->numbers} : une correspondance, pas une mesure ; le reste de ce qui correspond n’est pas évalué, donc rien n’est décidé.';
$string['chance'] = '{$a} chances sur cent qu’il soit atteint';
$string['chance_one'] = '1 chance sur cent, ou moins, qu’il soit atteint';
$string['chances'] = '{$a->low} à {$a->high} chances sur cent qu’il soit atteint';
$string['cohort'] = 'Cohorte';
$string['column'] = 'Colonne';
$string['columns'] = 'Colonnes';
$string['columns_help'] = 'Une ligne par compétence de chaque profil. Les colonnes sont séparées par des virgules ou des points-virgules. Ce qui vaut pour tout le profil est dit sur sa première ligne, et peut manquer sur les suivantes. kind : socle, job (métier) ou floor (seuil de départ). impact, pour un métier : low (faible), medium (moyen) ou strong (fort). redeployment : oui si l’on reclasse des personnes vers ce métier. cohort : identifiant de la cohorte de celles et ceux qui l’exercent. framework : CRCN-2019, DIGCOMP-2.2, ou l’identifiant d’un référentiel de compétences de ce site ; competence est alors l’identifiant d’une compétence. weight (poids) : de 1 à 10.';
$string['competence'] = 'Compétence';
$string['count_notreached'] = 'Pas encore atteint';
$string['count_reached'] = 'Atteint';
$string['count_undecided'] = 'Pas encore certain';
$string['count_unknown'] = 'Non évalué ou non partagé';
$string['counts'] = '(en vigueur)';
$string['countsnot'] = '(plus en vigueur)';
$string['decision'] = 'Où vous en êtes';
$string['decision_notreached'] = 'Pas encore atteint';
$string['decision_reached'] = 'Atteint';
$string['decision_undecided'] = 'Pas encore certain';
$string['decision_unknown'] = 'Non évalué';
$string['event_gaps_exported'] = 'Écarts exportés';
$string['event_gaps_requested'] = 'Comptage des écarts demandé';
$string['event_gaps_viewed'] = 'Écarts consultés';
$string['event_profile_retired'] = 'Profil retiré';
$string['event_profiles_exported'] = 'Profils exportés';
$string['event_profiles_imported'] = 'Profils importés';
$string['export'] = 'Exporter ceux en vigueur';
$string['family'] = 'Famille de métiers';
$string['fault'] = 'Erreur';
$string['fault_choice'] = '« {$a->found} » n’est aucun de : {$a->known}.';
$string['fault_code'] = '« {$a} » n’est pas un code de profil : lettres, chiffres, points, tirets et tirets bas.';
$string['fault_cohort'] = 'Aucune cohorte n’a ici l’identifiant « {$a} ».';
$string['fault_cohorts'] = 'Plusieurs cohortes ont ici l’identifiant « {$a} ».';
$string['fault_cohorttaken'] = 'La cohorte « {$a} » est déjà celle d’un autre métier.';
$string['fault_column'] = 'Cette colonne n’existe pas. Connues : {$a}.';
$string['fault_columntwice'] = 'Cette colonne est là deux fois.';
$string['fault_competence'] = '« {$a->found} » n’est pas une compétence de {$a->framework}. Écrivez son numéro, par exemple 1.1 ; pour un référentiel du site, l’identifiant de la compétence.';
$string['fault_control'] = 'Un saut de ligne ou un autre caractère de contrôle. Écrivez le texte sur une ligne.';
$string['fault_differs'] = '« {$a->found} » n’est pas ce que dit la ligne {$a->line} du même profil.';
$string['fault_empty'] = 'Il n’y a aucune ligne sous les noms des colonnes.';
$string['fault_encoding'] = 'Le fichier n’est pas en UTF-8. Enregistrez-le comme « CSV UTF-8 ».';
$string['fault_fields'] = 'La ligne a {$a->found} champs ; la première ligne en a {$a->wanted}.';
$string['fault_formula'] = 'Un tableur prend pour une formule un texte qui commence par « {$a} ». Commencez par une lettre ou un chiffre.';
$string['fault_framework'] = '« {$a->found} » n’est pas un référentiel dans une version connue ici. Connus : {$a->known}, et les référentiels de compétences du site, par leur identifiant.';
$string['fault_jobonly'] = 'Seul un profil de nature « job » (métier) a ceci.';
$string['fault_large'] = 'Le fichier dépasse {$a}.';
$string['fault_long'] = 'Le fichier a plus de {$a} lignes.';
$string['fault_missing'] = 'Ceci manque, en français et en anglais. L’un des deux suffit.';
$string['fault_nocolumn'] = 'Cette colonne manque.';
$string['fault_number'] = '« {$a->found} » n’est pas un nombre entier de {$a->first} à {$a->last}.';
$string['fault_textlong'] = 'Plus de {$a} caractères.';
$string['fault_twice'] = 'La compétence {$a->competence} de ce profil est déjà à la ligne {$a->line}.';
$string['fault_yesno'] = '« {$a} » n’est ni oui (yes) ni non (no).';
$string['faults'] = 'Ce qui ne va pas dans le fichier';
$string['gap'] = 'Pas atteint, parmi ce qui est évalué';
$string['gap_between'] = '{$a->low} % à {$a->high} %';
$string['gap_hidden'] = 'Trop peu de résultats pour le dire';
$string['gap_one'] = '{$a->low} %';
$string['gaps'] = 'Ce que demandent les métiers, et combien l’atteignent';
$string['gaps_count'] = 'Compter maintenant';
$string['gaps_counted'] = 'Compté en {$a}. Les nombres sont établis une fois par mois au plus ; les partages et retraits faits depuis seront pris en compte la prochaine fois.';
$string['gaps_download'] = 'Télécharger ce tableau (CSV)';
$string['gaps_explained'] = 'Des nombres tirés des résultats partagés, jamais une personne. Rien n’est montré sur moins de {$a} personnes, ni rien qui permettrait de le déduire : quand un nombre est caché, d’autres le sont avec lui. Ces nombres ne doivent servir à évaluer personne.';
$string['gaps_nojobs'] = 'Aucun profil de métier ne nomme ici la cohorte de celles et ceux qui l’exercent. Écrivez son identifiant dans la colonne « cohort » du fichier.';
$string['gaps_old'] = 'D’après une version du profil qui n’est plus en vigueur.';
$string['gaps_order'] = 'Métiers, par effet × écart';
$string['gaps_requested'] = 'Le comptage se fera dans quelques minutes. Vous pouvez fermer cette page.';
$string['gaps_waiting'] = 'Comptage en cours. Revenez dans quelques minutes.';
$string['guide'] = 'Guide';
$string['hidden'] = 'caché';
$string['impact'] = 'Effet de la transition numérique';
$string['impact_low'] = 'Faible';
$string['impact_medium'] = 'Moyen';
$string['impact_strong'] = 'Fort';
$string['import'] = 'Importer des profils';
$string['import_apply'] = 'Importer';
$string['import_faults'] = 'Erreurs : {$a}. Rien n’a été changé.';
$string['import_look'] = 'Voir ce que cela ferait';
$string['import_new'] = 'Nouveau.';
$string['import_other'] = 'Un autre fichier';
$string['import_summary'] = 'Profils : {$a->profiles}. À enregistrer comme nouvelle version : {$a->changes}. Rien n’a encore été changé.';
$string['import_unchanged'] = 'Comme actuellement : pas de nouvelle version.';
$string['import_version'] = 'Remplace la version {$a}, qui reste lisible.';
$string['imported'] = 'Nouvelles versions enregistrées : {$a}.';
$string['kind'] = 'Nature';
$string['kind_floor'] = 'Seuil de départ';
$string['kind_job'] = 'Métier';
$string['kind_socle'] = 'Socle commun';
$string['least'] = 'Nombre minimal de personnes derrière un chiffre';
$string['least_desc'] = 'Aucun chiffre portant sur moins de personnes n’est montré, ni ne peut se déduire des autres. Au moins {$a}.';
$string['level'] = 'Niveau {$a}';
$string['line'] = 'Ligne';
$string['mine'] = 'Mes compétences face à un profil';
$string['mine_explained'] = '« Atteint » et « pas encore atteint » sont dits à partir de 90 chances sur cent. En dessous, ce n’est pas encore certain : d’autres questions peuvent le dire. « Non évalué » ne dit rien de vous.';
$string['mine_first'] = 'Pour bien commencer :';
$string['mine_intro'] = 'Vos propres résultats face à ce que demande un profil. Personne d’autre que vous ne voit cette page, et l’ouvrir ne partage rien.';
$string['mine_none'] = 'Il n’y a pas encore de profil auquel vous comparer.';
$string['mine_summary'] = 'Atteint : {$a->reached}. Pas encore certain : {$a->undecided}. Pas encore atteint : {$a->notreached}. Non évalué : {$a->unknown}.';
$string['nocohort'] = 'Aucune cohorte unique n’a cet identifiant ici : personne n’est compté.';
$string['noframework'] = 'Cette version du référentiel n’est pas connue ici : rien ne peut être comparé. Importez le profil dans une version connue.';
$string['noprofile'] = 'Ce profil n’existe pas, ou n’est pas pour vous.';
$string['palier:compareown'] = 'Comparer ses propres résultats à un profil';
$string['palier:manageprofiles'] = 'Gérer les profils de compétences';
$string['palier:viewgaps'] = 'Voir combien de personnes atteignent ce que demande leur métier';
$string['people'] = 'Personnes qui exercent le métier';
$string['pluginname'] = 'Le programme de l’organisation';
$string['privacy:metadata'] = 'Le programme de l’organisation ne garde rien sur les personnes : les profils portent sur des métiers, et ses nombres ne sont publiés que s’ils portent sur assez de personnes.';
$string['profile'] = 'Profil';
$string['profiles'] = 'Profils';
$string['profiles_intro'] = 'Un profil dit quel niveau chaque compétence doit avoir : pour tous, pour un métier, ou pour commencer. Un changement fait une nouvelle version ; les précédentes restent telles quelles.';
$string['profiles_none'] = 'Il n’y a pas encore de profil. Importez un fichier, ou commencez par les six métiers d’exemple.';
$string['provisional'] = 'Provisoire';
$string['reason'] = 'Pourquoi';
$string['remarks'] = 'Remarques';
$string['retire'] = 'Retirer';
$string['retired'] = '« {$a} » n’est plus en vigueur.';
$string['risky'] = 'On reclasse des personnes vers ce métier, et son travail change fortement.';
$string['role_palierhr'] = 'Ressources humaines (Palier)';
$string['role_palierhr_desc'] = 'Voit combien de personnes atteignent ce que demande leur métier, dans la catégorie de cours où le rôle est donné, et jamais qui.';
$string['role_palierprofiles'] = 'Gestionnaire des profils (Palier)';
$string['role_palierprofiles_desc'] = 'Importe, exporte et retire des profils de compétences dans la catégorie de cours où le rôle est donné, et ne voit aucun résultat.';
$string['samples'] = 'Voir les six métiers d’exemple';
$string['source'] = 'D’après quel résultat';
$string['source_of'] = 'Test du {$a}';
$string['task_count_gaps'] = 'Compter qui atteint ce que demandent les métiers';
$string['version'] = 'Version';
$string['version_active'] = 'Version {$a->version}, en vigueur. Référentiel : {$a->framework}.';
$string['version_before'] = 'Version {$a->version}, plus en vigueur. Référentiel : {$a->framework}.';
$string['weight'] = 'Poids';
