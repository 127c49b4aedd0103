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

$string['actions'] = 'Plan d’action';
$string['actions_action'] = 'Action';
$string['actions_axis'] = 'Axe';
$string['actions_columns'] = 'Colonnes';
$string['actions_columns_help'] = 'Une ligne par indicateur ; le fichier est le plan entier. Les colonnes sont séparées par des virgules ou des points-virgules. campaign : le code d’une campagne de cette catégorie ; chacune de ses vagues donne une valeur. measure : niveau (part des personnes à partir d’un niveau d’une compétence), participation (part des personnes invitées qui sont comptées dans la carte), ou contexte (part de celles qui répondent oui à une question sur leur contexte). competence et level : pour niveau, l’identifiant d’une compétence ou d’un domaine dans le test, et le premier niveau d’une tranche. question : pour contexte, une parmi equipment, network, place, time, support. target : un pourcentage de personnes. date : 2026-12-31 ou 31/12/2026.';
$string['actions_date'] = 'Pour le';
$string['actions_download'] = 'Télécharger ces chiffres (CSV)';
$string['actions_explained'] = 'Chaque chiffre vient de ce qui est publié : les cartes des campagnes, et les enquêtes des campagnes terminées. Aucun ne porte sur moins de {$a} personnes. Ce qui n’est pas publié n’est pas évalué, et ne permet de rien conclure.';
$string['actions_export'] = 'Exporter le plan';
$string['actions_import'] = 'Importer un plan d’action';
$string['actions_imported'] = 'Le plan d’action est importé.';
$string['actions_indicator'] = 'Indicateur';
$string['actions_none'] = 'Il n’y a encore aucun plan d’action.';
$string['actions_percent'] = '{$a} %';
$string['actions_state'] = 'Où on en est';
$string['actions_state_notreached'] = 'Pas encore atteint';
$string['actions_state_reached'] = 'Atteint';
$string['actions_state_undecided'] = 'Pas encore certain';
$string['actions_state_unknown'] = 'Non évalué';
$string['actions_summary'] = 'Axes : {$a->axes}. Indicateurs : {$a->indicators}. Rien n’a encore été changé ; le fichier prend la place du plan actuel.';
$string['actions_target'] = 'Cible';
$string['advice'] = 'Rendez-vous avec les personnes';
$string['advice_intro'] = 'Qui a demandé un rendez-vous ou un appel, avec ce que chacun a choisi de montrer. Les responsables et les ressources humaines n’en voient rien, et cela ne doit servir à rien d’autre. Tout est effacé après ce nombre de mois : {$a}.';
$string['adviser'] = 'Un conseiller ou une conseillère';
$string['asked'] = 'Niveau demandé';
$string['atleast'] = '{$a} ou plus';
$string['basis_corresponding'] = 'D’après {$a->framework}, {$a->numbers} : une correspondance, pas une mesure.';
$string['basis_domain'] = 'Seul son domaine a été mesuré, ce qui ne décide rien.';
$string['basis_incomplete'] = 'D’après {$a->framework}, {$a->numbers} : une correspondance, pas une mesure ; le reste de ce qui correspond n’est pas évalué, donc rien n’est décidé.';
$string['because'] = '{$a->competence} : {$a->chance} chances sur cent que le niveau {$a->level}, qui est demandé, ne soit pas encore atteint ; son poids est de {$a->weight} sur 10.';
$string['because_of'] = 'En raison de :';
$string['below_helpers'] = 'Des collègues qui proposent leur aide : {$a}.';
$string['below_meeting'] = 'En parler avec un conseiller ou une conseillère : choisissez un créneau, ou faites-vous appeler.';
$string['below_training'] = 'Formation : {$a->title} ({$a->levels}).';
$string['below_who'] = 'Voir qui c’est';
$string['below_why'] = 'Pourquoi, et comment y participer';
$string['call_hours'] = 'Quand cela vous convient';
$string['call_me'] = 'Appelez-moi';
$string['call_me_by'] = 'Appelez-moi : un conseiller ou une conseillère de {$a}';
$string['call_nobody'] = 'Personne ne peut vous appeler là pour le moment. Choisissez une autre ligne de la liste.';
$string['call_of'] = 'Appel demandé le {$a}';
$string['call_phone'] = 'Numéro de téléphone, si vous voulez être appelé·e';
$string['call_phonefor'] = 'Pour cet appel seulement : il est effacé quand l’appel est clos ou annulé.';
$string['call_phonewrong'] = 'Tapez le numéro où vous voulez être appelé·e, par exemple 02 99 00 00 00.';
$string['call_since'] = 'Appel, demandé le {$a->date}. {$a->hours}';
$string['call_waits'] = 'Un conseiller ou une conseillère vous appellera au {$a->phone}. {$a->hours}';
$string['campaign'] = 'Campagne';
$string['campaign_anybody'] = 'Qui a le lien ou le code';
$string['campaign_asked'] = 'Ce que le test demande';
$string['campaign_asks'] = 'Si le niveau {$a} est atteint, et rien d’autre. Il s’arrête dès que c’est su.';
$string['campaign_asks_line'] = 'Si le niveau {$a->level} est atteint, et rien d’autre ({$a->profile} : {$a->competence}). Il s’arrête dès que c’est su.';
$string['campaign_before'] = 'Pas encore ouverte';
$string['campaign_begun'] = 'Ont commencé';
$string['campaign_bycode'] = 'Sans appareil photo : ouvrez {$a} et tapez ce code.';
$string['campaign_close'] = 'La terminer maintenant';
$string['campaign_code'] = 'Code :';
$string['campaign_cohort'] = 'Les personnes d’une cohorte';
$string['campaign_competences'] = 'Compétences interrogées';
$string['campaign_counts'] = 'Participation : des nombres';
$string['campaign_course'] = 'Cours où le test est créé';
$string['campaign_course_help'] = 'Ce test est prêté. Le vôtre en est tiré dans un de vos cours : ses résultats y sont, et qui le prête n’en voit aucun.';
$string['campaign_day'] = 'Jour';
$string['campaign_decision_above'] = 'atteint';
$string['campaign_decision_below'] = 'pas encore atteint';
$string['campaign_decision_undecided'] = 'pas encore certain';
$string['campaign_decisions'] = 'Celles et ceux qui partagent, selon que le niveau est atteint';
$string['campaign_discard'] = 'Abandonner';
$string['campaign_download'] = 'Télécharger ces nombres (CSV)';
$string['campaign_draft'] = 'En préparation';
$string['campaign_explained'] = 'Jusqu’à la fin de la veille, par pas de {$a} personnes : personne ne peut être reconnu, et qui préfère ne pas participer est compté comme n’ayant pas commencé. Ces nombres ne doivent servir à évaluer personne.';
$string['campaign_finished'] = 'Ont terminé';
$string['campaign_floor'] = 'Ce qu’il demande';
$string['campaign_floor_abovetop'] = 'Choisissez un niveau que ce test dit : celui-ci est au-dessus du niveau le plus haut.';
$string['campaign_floor_help'] = 'Où l’on en est, ou si un niveau est atteint : un tel test est plus court, et trouve d’abord qui pourrait vouloir de l’aide. Le niveau est l’un de la liste, ou celui que demande un socle commun ou un plancher de départ. On le lit avant de commencer. Qui est en dessous le lit en premier, avec le nom de la personne à qui parler, et décide seul·e qui d’autre l’apprend.';
$string['campaign_floor_levels'] = 'Si un niveau est atteint';
$string['campaign_floor_line'] = '{$a->competence} : niveau {$a->level}';
$string['campaign_floor_none'] = 'Où l’on en est';
$string['campaign_from'] = 'Du';
$string['campaign_full'] = 'Aussi long que le test de départ';
$string['campaign_help'] = 'Qui aide';
$string['campaign_help_help'] = 'Un nom et comment joindre la personne : un bureau, des heures, un téléphone. C’est écrit sous les résultats et dans « Mes campagnes ». On lui parle ou non, comme on veut.';
$string['campaign_help_needed'] = 'Dites qui aide : on peut apprendre ici qu’un niveau n’est pas atteint.';
$string['campaign_helps'] = 'À qui parler';
$string['campaign_incomplete'] = 'Il manque quelque chose : parcourez les étapes précédentes.';
$string['campaign_invited'] = 'Proposée à {$a} personnes.';
$string['campaign_landing'] = 'Ce que l’on lit d’abord';
$string['campaign_landing_default'] = 'Vous êtes invité·e à voir où vous en êtes. Ce n’est pas un examen : « Je ne sais pas » est une vraie réponse, et vous pouvez vous arrêter et reprendre. Ce que vous apprenez sur vous est à vous.';
$string['campaign_landing_help'] = 'Deux ou trois phrases pour la page derrière le lien, et pour l’affiche. Des mots simples ; aucune pression.';
$string['campaign_launch'] = 'Lancer';
$string['campaign_launched'] = 'La campagne est lancée. Diffusez le lien, le code ou l’affiche.';
$string['campaign_launching'] = 'En cours de lancement';
$string['campaign_launchingtext'] = 'Les personnes sont en cours d’inscription, ce qui prend quelques minutes si elles sont nombreuses. Nul ne peut commencer avant ; vous pouvez quitter cette page, et imprimer l’affiche en attendant.';
$string['campaign_length'] = 'Longueur';
$string['campaign_link'] = 'Lien :';
$string['campaign_locked'] = 'Cette campagne est lancée : elle ne peut plus être modifiée.';
$string['campaign_look'] = 'Voir ce que cela donnerait';
$string['campaign_name'] = 'Nom';
$string['campaign_new'] = 'Nouvelle campagne';
$string['campaign_next'] = 'Vague suivante';
$string['campaign_nodays'] = 'Il n’y a encore rien à dire.';
$string['campaign_noenrol'] = 'Vous ne pouvez pas être inscrit·e au cours de ce test. Dites-le à qui vous a invité·e.';
$string['campaign_notemplate'] = 'Il n’y a ici aucun test adaptatif dont partir. Créez-en d’abord un dans un cours de cette catégorie.';
$string['campaign_notforyou'] = 'Cette campagne ne vous est pas proposée. Vérifiez le code, ou demandez à qui vous l’a donné.';
$string['campaign_notopen'] = 'Cette campagne n’est pas ouverte en ce moment, ou ne vous est pas proposée.';
$string['campaign_notyet'] = 'Cette campagne n’est pas encore lancée.';
$string['campaign_open'] = 'Ouverte';
$string['campaign_over'] = 'Terminée';
$string['campaign_poster'] = 'Affiche à imprimer';
$string['campaign_purpose'] = 'À quoi elle sert';
$string['campaign_purpose_help'] = 'Une ou deux phrases. Elles figurent partout, et sont verrouillées au lancement : les résultats ne servent à rien d’autre.';
$string['campaign_qr'] = 'Code QR du lien ci-dessous';
$string['campaign_sees'] = 'Qui voit quoi';
$string['campaign_shared'] = 'Partagent leur résultat';
$string['campaign_short'] = 'Court : {$a} questions au plus ; en dit plus sur les domaines que sur chaque compétence';
$string['campaign_size'] = 'Niveaux et longueur';
$string['campaign_stage'] = 'Palier {$a}';
$string['campaign_stage_from'] = 'À partir du niveau';
$string['campaign_stage_learner'] = 'Ce que lisent les personnes concernées';
$string['campaign_stage_manager'] = 'Ce que vous lisez à côté de leur nombre';
$string['campaign_stage_people'] = 'Personnes';
$string['campaign_stage_twice'] = 'Un autre palier commence à ce niveau.';
$string['campaign_stages'] = 'Celles et ceux qui partagent, par palier';
$string['campaign_stageslater'] = 'Dit quand la campagne est terminée.';
$string['campaign_state'] = 'État';
$string['campaign_step_launch'] = '{$a}. Lancement';
$string['campaign_step_what'] = '{$a}. Quoi';
$string['campaign_step_whom'] = '{$a}. Pour qui';
$string['campaign_step_words'] = '{$a}. Les mots';
$string['campaign_steps'] = 'Étapes';
$string['campaign_stored'] = 'Enregistré :';
$string['campaign_surveys'] = 'Enquêtes';
$string['campaign_template'] = 'À partir de ce test';
$string['campaign_to'] = 'Au';
$string['campaign_top'] = 'Niveau le plus haut';
$string['campaign_top_help'] = 'Aucun niveau n’est dit au-dessus : qui est au-dessus lit celui-ci.';
$string['campaign_top_of'] = '{$a}, jusqu’au';
$string['campaign_tops'] = 'Chaque compétence est interrogée jusqu’au niveau choisi : aucune question ne va au-delà, et qui lit ce niveau l’a, ou un plus haut.';
$string['campaign_wave'] = 'T{$a}';
$string['campaign_wavename'] = '{$a->name} – T{$a->wave}';
$string['campaign_when'] = 'Quand';
$string['campaign_whom'] = 'Pour qui';
$string['campaign_whom_help'] = 'Les personnes d’une cohorte sont inscrites au cours du test au lancement, toutes ; les autres quand elles commencent.';
$string['campaign_whosees'] = 'Votre résultat est à vous : personne ne le voit avant que vous le partagiez, et vous pouvez revenir dessus. Une fois partagé, les formateurs du test le voient. Qui gère la campagne et les ressources humaines voient des nombres de {$a} personnes ou plus, et jamais qui.';
$string['campaign_willlock'] = 'Une fois la campagne lancée, tout ceci est verrouillé : à quoi elle sert, pour qui, le test, quand et les mots.';
$string['campaign_window'] = 'Du {$a->from} au {$a->to}';
$string['campaign_windowwrong'] = 'La fin précède le début.';
$string['campaigns'] = 'Campagnes';
$string['campaigns_intro'] = 'Une campagne propose un test à des personnes, pour un usage dit et verrouillé. Vous voyez des nombres, jamais qui.';
$string['campaigns_none'] = 'Il n’y a encore aucune campagne.';
$string['catalogue'] = 'Catalogue de formations';
$string['catalogue_changed'] = 'Modifiées : {$a}';
$string['catalogue_columns'] = 'Colonnes';
$string['catalogue_columns_help'] = 'Une ligne par formation. Les colonnes sont séparées par des virgules ou des points-virgules. Une ligne dont le code est déjà au catalogue en prend la place ; rien n’est enlevé. framework : CRCN-2019, DIGCOMP-2.2, ou l’identifiant d’un référentiel de compétences de ce site. competences : leurs numéros, comme 1.1, séparés par |. from_level : le niveau nécessaire pour suivre la formation, vide s’il n’en faut aucun. to_level : le niveau auquel elle mène. modality : présentiel, distanciel ou mixte. days : sa durée en jours, comme 0,5. url : sa page. course : l’identifiant ou le nom abrégé d’un cours de ce site.';
$string['catalogue_daycount'] = '{$a} jours';
$string['catalogue_daycount_one'] = '1 jour';
$string['catalogue_export'] = 'Exporter le catalogue';
$string['catalogue_faulty'] = 'Lignes en erreur, laissées de côté : {$a}.';
$string['catalogue_import'] = 'Importer des formations';
$string['catalogue_imported'] = 'Formations nouvelles ou modifiées : {$a}.';
$string['catalogue_intro_category'] = 'Formations réservées aux personnes de cette catégorie : celles et ceux qui apprennent dans un de ses cours ou sont dans une de ses cohortes.';
$string['catalogue_intro_site'] = 'Formations pour tout le monde sur ce site.';
$string['catalogue_levels'] = 'Du niveau {$a->from} au niveau {$a->to}';
$string['catalogue_more'] = 'Seules les {$a} premières sont montrées.';
$string['catalogue_new'] = 'Nouvelles : {$a}';
$string['catalogue_none'] = 'Il n’y a pas encore de formation ici. Importez un fichier.';
$string['catalogue_page'] = 'Sa page';
$string['catalogue_remove'] = 'Enlever';
$string['catalogue_removed'] = '« {$a} » n’est plus au catalogue.';
$string['catalogue_summary'] = 'Nouvelles : {$a->new}. Modifiées : {$a->changed}. Comme actuellement : {$a->same}. Rien n’a encore été changé.';
$string['catalogue_teaches'] = 'Niveaux';
$string['catalogue_tolevel'] = 'Jusqu’au niveau {$a}';
$string['catalogue_where'] = 'Où la trouver';
$string['chance'] = '{$a} chances sur cent qu’il soit atteint';
$string['chance_one'] = '1 chance sur cent, ou moins, qu’il soit atteint';
$string['chances'] = '{$a->low} à {$a->high} chances sur cent qu’il soit atteint';
$string['cohort'] = 'Cohorte';
$string['column'] = 'Colonne';
$string['columns'] = 'Colonnes';
$string['columns_help'] = 'Une ligne par compétence de chaque profil. Les colonnes sont séparées par des virgules ou des points-virgules. Ce qui vaut pour tout le profil est dit sur sa première ligne, et peut manquer sur les suivantes. kind : socle, job (métier) ou floor (seuil de départ). impact, pour un métier : low (faible), medium (moyen) ou strong (fort). redeployment : oui si l’on reclasse des personnes vers ce métier. cohort : identifiant de la cohorte de celles et ceux qui l’exercent. framework : CRCN-2019, DIGCOMP-2.2, ou l’identifiant d’un référentiel de compétences de ce site ; competence est alors l’identifiant d’une compétence. weight (poids) : de 1 à 10.';
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
$string['event_actions_exported'] = 'Plan d’action emporté';
$string['event_actions_imported'] = 'Plan d’action importé';
$string['event_actions_viewed'] = 'Plan d’action lu';
$string['event_campaign_closed'] = 'Campagne terminée';
$string['event_campaign_exported'] = 'Nombres d’une campagne exportés';
$string['event_campaign_launched'] = 'Campagne lancée';
$string['event_campaign_viewed'] = 'Nombres d’une campagne consultés';
$string['event_catalogue_exported'] = 'Catalogue exporté';
$string['event_catalogue_imported'] = 'Formations importées';
$string['event_catalogue_removed'] = 'Formation enlevée du catalogue';
$string['event_gaps_exported'] = 'Écarts exportés';
$string['event_gaps_requested'] = 'Comptage des écarts demandé';
$string['event_gaps_viewed'] = 'Écarts consultés';
$string['event_kit_exported'] = 'Document d’une campagne emporté';
$string['event_map_deleted'] = 'Carte supprimée';
$string['event_map_exported'] = 'Carte exportée';
$string['event_map_requested'] = 'Carte demandée';
$string['event_map_viewed'] = 'Carte consultée';
$string['event_meeting_closed'] = 'Rendez-vous clos';
$string['event_meeting_viewed'] = 'Rendez-vous lu';
$string['event_profile_retired'] = 'Profil retiré';
$string['event_profiles_exported'] = 'Profils exportés';
$string['event_profiles_imported'] = 'Profils importés';
$string['event_queue_viewed'] = 'File des rendez-vous lue';
$string['event_slot_opened'] = 'Créneaux de rendez-vous ouverts';
$string['event_slot_withdrawn'] = 'Créneau de rendez-vous retiré';
$string['event_template_shared'] = 'Test prêté';
$string['event_template_withdrawn'] = 'Test qui n’est plus prêté';
$string['event_workshop_made'] = 'Atelier créé';
$string['event_workshop_proposed'] = 'Groupes d’un atelier proposés';
$string['event_workshop_viewed'] = 'Séances d’un atelier lues';
$string['export'] = 'Exporter les profils en vigueur';
$string['family'] = 'Famille de métiers';
$string['fault'] = 'Erreur';
$string['fault_campaign'] = '« {$a} » n’est le code d’aucune campagne lancée de cette catégorie. Copiez-le de la page de la campagne.';
$string['fault_choice'] = '« {$a->found} » n’est pas connu ici. Il faut l’un de : {$a->known}.';
$string['fault_code'] = '« {$a} » n’est pas un code : lettres, chiffres, points, tirets et tirets bas.';
$string['fault_codetwice'] = 'Le code « {$a->code} » est déjà à la ligne {$a->line}.';
$string['fault_cohort'] = 'Aucune cohorte n’a ici l’identifiant « {$a} ».';
$string['fault_cohorts'] = 'Plusieurs cohortes ont ici l’identifiant « {$a} ».';
$string['fault_cohorttaken'] = 'La cohorte « {$a} » est déjà celle d’un autre métier.';
$string['fault_column'] = 'Cette colonne n’existe pas. Connues : {$a}.';
$string['fault_columntwice'] = 'Cette colonne est là deux fois.';
$string['fault_competence'] = '« {$a->found} » n’est pas une compétence de {$a->framework}. Écrivez son numéro, par exemple 1.1 ; pour un référentiel du site, l’identifiant de la compétence.';
$string['fault_control'] = 'Un saut de ligne ou un autre caractère de contrôle. Écrivez le texte sur une ligne.';
$string['fault_course'] = 'Il n’y a pas ici de cours dont l’identifiant ou le nom abrégé est « {$a} ».';
$string['fault_courses'] = 'Plusieurs cours ont « {$a} » pour identifiant ou nom abrégé.';
$string['fault_date'] = '« {$a} » n’est pas une date. Écrivez 2026-12-31 ou 31/12/2026.';
$string['fault_days'] = '« {$a->found} » n’est pas un nombre de jours de 0 à {$a->most}, comme 0,5.';
$string['fault_differs'] = '« {$a->found} » n’est pas ce que dit la ligne {$a->line} du même profil.';
$string['fault_empty'] = 'Il n’y a aucune ligne sous les noms des colonnes.';
$string['fault_encoding'] = 'Le fichier n’est pas en UTF-8. Enregistrez-le comme « CSV UTF-8 ».';
$string['fault_fields'] = 'La ligne a {$a->found} champs ; la première ligne en a {$a->wanted}.';
$string['fault_formula'] = 'Un tableur prend pour une formule un texte qui commence par « {$a} ». Commencez par une lettre ou un chiffre.';
$string['fault_framework'] = '« {$a->found} » n’est pas un référentiel dans une version connue ici. Connus : {$a->known}, et les référentiels de compétences du site, par leur identifiant.';
$string['fault_jobonly'] = 'Seul un profil de nature « job » (métier) a ceci.';
$string['fault_large'] = 'Le fichier dépasse {$a}.';
$string['fault_long'] = 'Le fichier a plus de {$a} lignes.';
$string['fault_missing'] = 'Ceci manque, en français et en anglais. L’un des deux suffit.';
$string['fault_nocolumn'] = 'Cette colonne manque.';
$string['fault_nosurvey'] = 'La campagne « {$a} » ne comporte aucune enquête sur le contexte. Choisissez-en une qui en comporte, ou une autre mesure.';
$string['fault_nothing'] = 'Rien n’est écrit ici. Écrivez quelques mots.';
$string['fault_number'] = '« {$a->found} » n’est pas un nombre entier de {$a->first} à {$a->last}.';
$string['fault_order'] = 'La formation finit au niveau {$a->to}, qui n’est pas au-dessus du niveau {$a->from} où elle commence.';
$string['fault_textlong'] = 'Plus de {$a} caractères.';
$string['fault_title'] = 'Le titre manque.';
$string['fault_twice'] = 'La compétence {$a->competence} de ce profil est déjà à la ligne {$a->line}.';
$string['fault_url'] = '« {$a} » n’est pas une adresse web qui commence par https:// ou http://.';
$string['fault_yesno'] = '« {$a} » n’est ni oui (yes) ni non (no).';
$string['faults'] = 'Ce qui ne va pas dans le fichier';
$string['fewer'] = 'Moins de {$a}, ou non dit';
$string['gap'] = 'Pas atteint, parmi ce qui est évalué';
$string['gap_between'] = '{$a->low} % à {$a->high} %';
$string['gap_hidden'] = 'Trop peu de résultats pour le dire';
$string['gap_one'] = '{$a->low} %';
$string['gaps'] = 'Ce que demandent les métiers, et combien l’atteignent';
$string['gaps_count'] = 'Compter maintenant';
$string['gaps_counted'] = 'Compté en {$a}. Les nombres sont établis une fois par mois au plus ; les partages et retraits faits depuis seront pris en compte la prochaine fois.';
$string['gaps_download'] = 'Télécharger ce tableau (CSV)';
$string['gaps_explained'] = 'Des nombres tirés des résultats partagés, jamais une personne. Rien n’est montré sur moins de {$a} personnes, ni rien qui permettrait de le déduire : quand un nombre est caché, d’autres le sont avec lui. Ces nombres ne doivent servir à évaluer personne.';
$string['gaps_nojobs'] = 'Aucun profil de métier ne nomme ici la cohorte de celles et ceux qui l’exercent. Écrivez son identifiant dans la colonne « cohort » du fichier.';
$string['gaps_old'] = 'D’après une version du profil qui n’est plus en vigueur.';
$string['gaps_order'] = 'Métiers, par effet × écart';
$string['gaps_requested'] = 'Le comptage se fera dans quelques minutes. Vous pouvez fermer cette page.';
$string['gaps_waiting'] = 'Comptage en cours. Revenez dans quelques minutes.';
$string['groups_cannot'] = '{$a->people} personnes souhaitent cet atelier : on ne peut pas en faire des groupes de {$a->least} à {$a->most}. Choisissez une taille minimale plus petite ({$a->smaller}), ou une taille maximale plus grande.';
$string['groups_cannot_none'] = 'Personne ne souhaite cet atelier : celles et ceux qui l’ont demandé sont à ce niveau, sont déjà dans un atelier, ou ont retiré leur demande.';
$string['groups_cannot_one'] = 'Une personne souhaite cet atelier : cela ne fait pas un groupe de {$a->least} ou plus.';
$string['groups_order'] = 'La taille maximale d’un groupe doit être au moins égale à la taille minimale, qui est de 1 ou plus.';
$string['guide'] = 'Guide';
$string['help'] = 'Je peux aider';
$string['help_how'] = 'Dire que je peux aider';
$string['help_none'] = 'Quand un test montre avec certitude que vous atteignez le niveau {$a} dans une compétence, vous pouvez proposer ici votre aide à vos collègues.';
$string['help_save'] = 'Enregistrer ce à quoi je peux aider';
$string['help_saved'] = 'Enregistré. Vos collègues ne voient désormais que ce qui est coché.';
$string['help_told'] = 'Si vous cochez une compétence, vos collègues de {$a->authority} lisent votre nom à côté d’elle. Ils apprennent ainsi que vous atteignez le niveau {$a->level} ou plus, et rien d’autre de vos résultats. Qui vous écrit devient un de vos contacts dans Moodle ; votre adresse électronique n’est pas montrée. Décochez-la, et vous n’êtes plus dans la liste.';
$string['help_with'] = 'Ce à quoi je peux aider';
$string['helper_gone'] = 'Cette personne ne propose plus son aide pour cela.';
$string['helper_inperson'] = 'À voir de vive voix : la messagerie est fermée ici.';
$string['helper_write'] = 'Écrire un message';
$string['helpers'] = 'Des collègues qui aident';
$string['helpers_all'] = 'Toutes les compétences';
$string['helpers_intro'] = 'Des collègues de {$a} qui proposent leur aide, de leur plein gré. Choisissez une compétence ; entre parenthèses, combien il y en a.';
$string['helpers_next'] = 'Des collègues qui aident pour cela';
$string['helpers_none'] = 'Personne ne propose encore son aide. Vous pouvez commencer.';
$string['helpers_noneofthis'] = 'Personne ne propose d’aide pour cela en ce moment.';
$string['helplevel'] = 'Niveau à partir duquel on peut proposer son aide';
$string['helplevel_desc'] = 'D’une compétence mesurée, quand il est assez certain que ce niveau est atteint. Les offres déjà faites restent.';
$string['hidden'] = 'caché';
$string['impact'] = 'Effet de la transition numérique';
$string['impact_low'] = 'Faible';
$string['impact_medium'] = 'Moyen';
$string['impact_strong'] = 'Fort';
$string['import'] = 'Importer des profils';
$string['import_apply'] = 'Importer';
$string['import_faults'] = 'Erreurs : {$a}. Rien n’a été changé.';
$string['import_look'] = 'Voir ce que cela ferait';
$string['import_new'] = 'Nouveau.';
$string['import_other'] = 'Un autre fichier';
$string['import_summary'] = 'Profils : {$a->profiles}. À enregistrer comme nouvelle version : {$a->changes}. Rien n’a encore été changé.';
$string['import_unchanged'] = 'Comme actuellement : pas de nouvelle version.';
$string['import_version'] = 'Remplace la version {$a}, qui reste lisible.';
$string['imported'] = 'Nouvelles versions enregistrées : {$a}.';
$string['join'] = 'Participer avec un code';
$string['join_begin'] = 'Aller au test';
$string['join_code'] = 'Code de l’affiche ou du message';
$string['join_read'] = 'Lire de quoi il s’agit, et commencer';
$string['join_refuse'] = 'Je préfère ne pas participer';
$string['join_voluntary'] = 'C’est vous qui décidez. « Je préfère ne pas participer » n’est dit à personne : c’est comme si vous n’aviez pas commencé, et vous pouvez encore commencer tant que la campagne est ouverte.';
$string['keepmonths'] = 'Mois de conservation des rendez-vous';
$string['keepmonths_desc'] = 'Les rendez-vous, les créneaux, les demandes d’atelier et les listes de séances sont effacés après ce nombre de mois, de 1 à 120.';
$string['kind'] = 'Nature';
$string['kind_floor'] = 'Seuil de départ';
$string['kind_job'] = 'Métier';
$string['kind_socle'] = 'Socle commun';
$string['kit'] = 'Kit de déploiement';
$string['kit_adviser'] = 'Guide de qui aide';
$string['kit_adviser_text'] = '{$a->name}. {$a->window}.
## Accueillir
- Dites à quoi elle sert : {$a->purpose}
- Dites qui voit quoi : {$a->whosees}
- Dites que « Je ne sais pas » est une vraie réponse, et que l’on peut s’arrêter et reprendre plus tard.
- Montrez comment commencer : le lien, le code QR de l’affiche, ou le code.
## Pendant le test
- Lisez une question à voix haute si on vous le demande. Ne l’expliquez pas, et ne donnez aucun indice.
- Ne regardez pas l’écran, sauf si on vous appelle.
- Si c’est difficile : proposez une pause, de continuer avec vous, ou de s’arrêter là. Tout est bien.
## Avec un résultat
- Les personnes vous montrent ce qu’elles veulent. Ne demandez pas.
- Lisez le niveau avec sa marge, et ce que l’on sait déjà faire, avant ce qui vient ensuite.
- Convenez d’une prochaine étape : une formation, un atelier, une personne.
- Qui n’est pas d’accord avec une question ou un résultat le dit sur la page du résultat, et reçoit une réponse.';
$string['kit_announcement'] = 'Annonce';
$string['kit_announcement_text'] = 'Objet : {$a->name}, à partir du {$a->from}
Bonjour,
Du {$a->from} au {$a->to}, vous pouvez voir où vous en êtes : {$a->name}.
À quoi cela sert : {$a->purpose}
{$a->whosees}
Participer est votre choix. Ce n’est pas un examen, et aucune évaluation ne peut s’en servir.
Vous recevrez le lien le {$a->from}.
{$a->ask}';
$string['kit_ask_anybody'] = 'Une question ? Répondez à ce message.';
$string['kit_ask_person'] = 'Une question ? {$a}';
$string['kit_back'] = 'Tous les documents de la campagne';
$string['kit_calendar'] = 'Calendrier';
$string['kit_calendar_date'] = 'Date';
$string['kit_calendar_what'] = 'Quoi';
$string['kit_checklist'] = 'Liste de contrôle';
$string['kit_checklist_text'] = '## Avant le {$a->from}
- ☐ Les représentants du personnel ont le dossier, et ont donné leur avis quand il le faut.
- ☐ Le ou la déléguée à la protection des données a lu la fiche.
- ☐ L’usage est écrit avec des mots que tout le monde comprend.
- ☐ Quelqu’un aide, et le sait : {$a->helps}
- ☐ L’un·e de nous a passé le test sur un téléphone, du lien au résultat.
- ☐ Les personnes sans courriel ont un code et un appareil.
- ☐ L’annonce est envoyée.
## Du {$a->from} au {$a->to}
- ☐ L’invitation est envoyée, l’affiche est en place.
- ☐ Les rappels sont allés à tout le monde de la même façon.
- ☐ Du temps sur le temps de travail a été donné.
## Après le {$a->to}
- ☐ Les remerciements sont envoyés à tout le monde.
- ☐ Les nombres ont été montrés à celles et ceux dont ils parlent.
- ☐ La suite a été dite, avec une date.';
$string['kit_day_announce'] = 'Envoyer l’annonce';
$string['kit_day_close'] = 'Fin';
$string['kit_day_last'] = 'Derniers jours : envoyer le rappel à tout le monde';
$string['kit_day_middle'] = 'Mi-temps : envoyer le rappel à tout le monde';
$string['kit_day_open'] = 'Ouverture : envoyer l’invitation, poser l’affiche';
$string['kit_day_thanks'] = 'Envoyer les remerciements ; les nombres peuvent être lus';
$string['kit_draft'] = 'La campagne n’est pas encore lancée : le lien, le code et l’affiche viennent au lancement. Le dossier pour les représentants du personnel est déjà là, pour être remis avant le lancement.';
$string['kit_field'] = '{$a->label} : {$a->text}';
$string['kit_group_messages'] = 'Messages';
$string['kit_group_representatives'] = 'Pour les représentants du personnel';
$string['kit_group_work'] = 'Pour celles et ceux qui s’en occupent';
$string['kit_ics'] = 'Calendrier pour un agenda (ICS)';
$string['kit_intro'] = 'Les documents de cette campagne, faits de ses réglages et de ceux du site tels qu’ils sont maintenant. Relisez-les et complétez-les avant de les diffuser : ce sont des brouillons, pas un avis juridique.';
$string['kit_invitation'] = 'Invitation';
$string['kit_invitation_text'] = 'Objet : {$a->name} : vous pouvez commencer
Bonjour,
{$a->landing}
Commencez ici : {$a->link}
Ou ouvrez {$a->page} et tapez le code {$a->code}
À quoi cela sert : {$a->purpose}
{$a->whosees}
Vous avez jusqu’au {$a->to}. Vous pouvez vous arrêter à tout moment et reprendre plus tard.
{$a->ask}';
$string['kit_language'] = 'Langue des documents :';
$string['kit_manager'] = 'Guide de qui gère la campagne';
$string['kit_manager_text'] = '{$a->name}. {$a->window}.
## Avant
- Dites à quoi elle sert, avec ces mots, qui sont verrouillés au lancement : {$a->purpose}
- Remettez le dossier aux représentants du personnel avant le lancement.
- Choisissez qui aide, et prévenez ces personnes : {$a->helps}
- Veillez à ce que tout le monde puisse participer : un lieu calme, un ordinateur ou une tablette, du temps sur le temps de travail.
## Pendant
- Envoyez l’annonce, l’invitation le {$a->from}, puis les rappels, à tout le monde de la même façon.
- Placez l’affiche là où les gens se croisent.
- Regardez les nombres si vous le souhaitez : ils vont par pas de {$a->least} personnes, jusqu’à la fin de la veille.
- Ne demandez jamais qui a participé. Préférer ne pas le faire n’est dit à personne.
## Après
- Elle se termine le {$a->to}. Remerciez tout le monde, que l’on ait participé ou non.
- Faites faire une carte, si vous en avez le droit : elle dit ce que {$a->least} personnes ou plus partagent, jamais qui.
- Dites ce qui en sera fait, et quand.
## Ce à quoi elle ne doit pas servir
- Ni évaluation, ni rémunération, ni choix d’une personne pour un poste.
- Aucune décision prise par la machine seule.';
$string['kit_model'] = 'Fiche de modèle';
$string['kit_model_competences'] = 'Compétences interrogées';
$string['kit_model_levels'] = 'Niveaux : {$a->first} à {$a->last}.';
$string['kit_model_text'] = 'Ce que mesure le test de cette campagne, et ce qu’il ne peut pas dire.
## Ce qui est mesuré
Comment une personne répond à des questions de difficulté connue, ici et maintenant. Il ne dit rien de l’intelligence, de la bonne volonté ni de la valeur, et rien de ce que les questions ne demandent pas.
{$a->figures}
{$a->asks}
## Comment
- Chaque question a une difficulté, donnée par des experts ou estimée d’après des réponses antérieures.
- Après chaque réponse, le niveau est estimé à nouveau ; la question suivante en est une qui en dit beaucoup à ce moment-là.
- Le test s’arrête quand il est assez sûr, ou à sa plus grande longueur.
- Les mêmes réponses donnent le même résultat à n’importe qui. Chaque étape est gardée et peut être lue par la personne.
## Ce qui est dit
- Un niveau avec sa marge, jamais un nombre seul ; « provisoire » quand la difficulté vient d’experts.
- « Non évalué » quand on en sait trop peu, ce qui n’est pas un niveau bas.
- Des groupes, des nombres de {$a->least} personnes ou plus, chacun avec sa marge.
## Ce qu’il ne peut pas dire
- Peu de questions, une marge large : aucune décision lourde sur une personne ne peut reposer sur un seul essai. Ce n’est pas une certification.
- Si les experts se trompent tous dans le même sens sur les difficultés, tous les niveaux sont décalés d’autant.
- Rien ici ne dit qui a répondu, si personne n’est là.
La fiche entière : {$a->sheet}';
$string['kit_nohelp'] = 'personne n’est encore nommé';
$string['kit_notice'] = 'Dossier pour le comité social';
$string['kit_notice_rights'] = '## Les droits de chacun·e
- Lire toutes ses réponses, ses résultats, et pourquoi chaque question a été choisie.
- Contester une question ou un résultat, avec une réponse datée.
- Ne pas participer : personne ne l’apprend, et c’est comme si l’on n’avait pas commencé.
- Partager un résultat ou non, et revenir dessus.
- Faire effacer ses données, ou les recevoir, par les pages de confidentialité du site.
## À compléter par l’employeur
- La base légale (mission d’intérêt public ou obligation légale ; pas le consentement), et la ligne du registre.
- Qui répond aux questions sur les données, et comment joindre cette personne.
- Si les personnes ont du temps sur le temps de travail, un appareil et un lieu.
- Ce qui est demandé au comité : une information ou un avis, et la date de la séance.
- Ce qui sera fait des nombres, et quand le comité en entendra parler.';
$string['kit_notice_text'] = '{$a->site}, {$a->today}. Un brouillon fait des réglages du site ; à compléter et à faire relire par un·e juriste ou par le ou la déléguée à la protection des données.
## Ce qui est prévu
{$a->name} : un test qui s’adapte aux réponses de qui le passe. {$a->window}.
Proposé à : {$a->whom}.
{$a->asks}
## À quoi cela sert
{$a->purpose}
Cet usage est verrouillé au lancement de la campagne, et imprimé partout. Les résultats ne servent à rien d’autre : ni évaluation, ni rémunération, ni choix d’une personne pour un poste.
## Comment un résultat est fait
Des questions de difficulté connue, choisies l’une après l’autre par un calcul fixe, qui est gardé et peut être rejoué. Ni l’âge, ni le diplôme, ni le revenu, ni le service n’y entrent. Chaque résultat est dit avec sa marge. La fiche de modèle en dit plus.
Aucune décision n’est prise par la machine seule.
## Qui voit quoi
{$a->whosees}
Aucun chiffre ne porte sur moins de {$a->least} personnes.';
$string['kit_odt'] = '{$a} (document texte, ODT)';
$string['kit_poster'] = 'Affiche';
$string['kit_poster_text'] = '{$a->landing}
## À quoi cela sert
{$a->purpose}
## Quand
{$a->window}
## Qui voit quoi
{$a->whosees}
## Commencer
{$a->link}
Sans appareil photo : ouvrez {$a->page} et tapez ce code : {$a->code}';
$string['kit_print'] = 'Imprimez cette page avec le navigateur.';
$string['kit_reminder'] = 'Rappel';
$string['kit_reminder_text'] = 'Objet : {$a->name} : jusqu’au {$a->to}
Bonjour,
Ce message va à tout le monde : personne ne sait qui a commencé et qui n’a pas commencé. Si vous avez participé, ou préférez ne pas le faire, il n’y a rien à faire.
Si vous le souhaitez : {$a->link}
Sans le lien : {$a->page} et le code {$a->code}
C’est ouvert jusqu’au {$a->to}.
{$a->ask}';
$string['kit_roles_counts'] = 'Nombres de qui participe';
$string['kit_roles_gaps'] = 'Combien de personnes atteignent ce que leur métier demande';
$string['kit_roles_maps'] = 'Cartes : parts des groupes';
$string['kit_roles_none'] = 'personne hors des administrateurs';
$string['kit_sheet'] = 'Fiche de protection des données';
$string['kit_sheet_text'] = '{$a->site}, {$a->today}. Ce que disent maintenant les réglages de ce site ; pour le registre et pour une analyse d’impact. Elle ne nomme personne.
## Cette campagne
- À quoi elle sert : {$a->purpose}
- Quand : {$a->window}
- Pour qui : {$a->whom}
- Nombre minimal de personnes derrière un chiffre : {$a->least}';
$string['kit_thanks'] = 'Remerciements';
$string['kit_thanks_text'] = 'Objet : {$a->name} : merci
Bonjour,
{$a->name} s’est terminée le {$a->to}. Merci pour votre temps.
Votre résultat reste à vous, sur votre page de profil, dans « Mes campagnes » : {$a->mine}
Vous pouvez y partager votre résultat ou revenir dessus, et voir ce que vous pouvez faire ensuite.
Ce qui en est dit : des nombres de {$a->least} personnes ou plus, et jamais qui.
Ce à quoi cela sert n’a pas changé : {$a->purpose}
{$a->ask}';
$string['kit_unknown'] = 'Ce document n’existe pas : {$a}.';
$string['lacks'] = 'Ce qui manque au catalogue';
$string['lacks_explained'] = 'Niveaux que beaucoup de personnes d’un métier n’ont pas encore atteints, d’après les nombres ci-dessus, et auxquels ne mène aucune formation du catalogue.';
$string['lacks_none'] = 'Rien que les nombres publiés fassent voir.';
$string['least'] = 'Nombre minimal de personnes derrière un chiffre';
$string['least_desc'] = 'Aucun chiffre portant sur moins de personnes n’est montré, ni ne peut se déduire des autres. Au moins {$a}.';
$string['level'] = 'Niveau {$a}';
$string['line'] = 'Ligne';
$string['map_allcompetences'] = 'Toutes les compétences';
$string['map_allgroups'] = 'Tout le monde ; avec une compétence, chaque groupe';
$string['map_apart'] = 'Le test de T0 portait sur d’autres compétences ou allait jusqu’à d’autres niveaux : aucune évolution n’est dite.';
$string['map_change'] = 'Évolution en niveaux';
$string['map_changeatleast'] = 'Personnes comparées, au moins';
$string['map_changes'] = 'Évolution depuis T0';
$string['map_changesexplained'] = 'En moyenne, pour celles et ceux qui sont comptés ici et partagent aussi leur résultat de T0. Entre parenthèses, la marge : sur cent marges de ce genre, environ 95 contiennent la vraie évolution. Le doute de chaque résultat y est compris.';
$string['map_changetold'] = '{$a->value} (entre {$a->low} et {$a->high}), au moins {$a->people} personnes';
$string['map_count'] = 'Personnes à ce niveau';
$string['map_counted'] = '{$a->group} : {$a->people} personnes sont comptées.';
$string['map_countedof'] = '{$a->group} : {$a->people} personnes sont comptées, sur {$a->members}.';
$string['map_delete'] = 'Supprimer cette carte';
$string['map_deleted'] = 'La carte est supprimée.';
$string['map_deletesure'] = 'Supprimer cette carte ? Les personnes qui y sont comptées ne le seront dans aucune autre carte de cette campagne, car quelqu’un peut avoir gardé celle-ci.';
$string['map_domain'] = 'Domaine : {$a}';
$string['map_download'] = 'Tout télécharger (CSV)';
$string['map_draft'] = 'Une carte peut être faite une fois la campagne lancée.';
$string['map_everybody'] = 'Tout le monde';
$string['map_explained'] = 'Telle que publiée, et inchangée depuis. Aucun chiffre ne porte sur moins de {$a} personnes, ni ne permet d’en déduire un. Un nombre qui serait trop petit est dit avec son voisin. Les pourcentages portent sur celles et ceux qui sont évalués, avec leur marge entre parenthèses. Ces chiffres ne doivent servir à évaluer personne.';
$string['map_formexplained'] = 'Compte les personnes qui partagent leur résultat depuis hier au plus tard et ne sont dans aucune carte précédente de cette campagne : personne n’est compté deux fois. Faites-la donc une fois la campagne terminée, ou quand beaucoup ont partagé. Les groupes dont moins de {$a} personnes peuvent être comptées sont dits ensemble, ou attendent. Au moins {$a} membres de chaque groupe ne sont jamais comptés, pour qu’aucun chiffre ne dise que tout le monde a participé.';
$string['map_group'] = 'Groupe';
$string['map_groups'] = 'Groupes';
$string['map_groups_help'] = 'Des cohortes de cette catégorie ou au-dessous, par exemple des services ou des collectivités. Qui est dans plusieurs est compté dans la première que vous choisissez.';
$string['map_high'] = 'Marge, à';
$string['map_levels'] = 'Niveaux {$a->first} à {$a->last}';
$string['map_low'] = 'Marge, de';
$string['map_make'] = 'Faire une carte';
$string['map_members'] = 'Membres du groupe';
$string['map_new'] = 'Faire une carte : {$a}';
$string['map_nogroups'] = 'Pas de groupe : tout le monde ensemble';
$string['map_noneyet'] = 'Pas encore de carte.';
$string['map_notest'] = 'Le test de cette campagne n’est plus là.';
$string['map_nothing'] = 'Personne n’a été évalué dans une compétence.';
$string['map_onelevel'] = 'Un test à un seul niveau n’a pas de carte : ses paliers disent combien de personnes sont où.';
$string['map_others'] = 'les autres';
$string['map_people'] = 'Personnes comptées';
$string['map_peoplecount'] = '{$a} personnes';
$string['map_requested'] = 'La carte sera faite dans quelques minutes. Vous pouvez quitter cette page.';
$string['map_share'] = 'Part de celles et ceux qui sont évalués, en pour cent';
$string['map_sharetold'] = '{$a->share} % ({$a->low} à {$a->high})';
$string['map_show'] = 'Afficher';
$string['map_thismonth'] = 'Il y a déjà une carte ce mois-ci. La suivante pourra être faite le mois prochain, avec les personnes qui partagent d’ici là.';
$string['map_title'] = '{$a->campaign} : carte de {$a->month}';
$string['map_together'] = 'ensemble : {$a}';
$string['map_toofew'] = 'trop peu de personnes pouvaient être comptées';
$string['map_toomany'] = 'Au plus {$a} groupes.';
$string['map_top'] = '{$a->name} (interrogée jusqu’au niveau {$a->level} : qui lit ce niveau l’a, ou un plus haut)';
$string['map_waiting'] = 'en préparation : {$a} %. Revenez dans quelques minutes.';
$string['map_where'] = 'Où ces personnes en sont';
$string['maps'] = 'Cartes des compétences';
$string['maps_explained'] = 'Une carte dit combien de personnes sont sûrement à quels niveaux, par compétence et par groupe : des résultats partagés, pour l’usage dit par leur campagne, sur {$a} personnes au moins. Une fois publiée, elle ne change plus.';
$string['maps_none'] = 'Aucune campagne n’a encore été lancée ici.';
$string['meeting'] = 'Rendez-vous';
$string['meeting_already'] = 'Vous avez déjà un rendez-vous à venir. Annulez-le avant d’en choisir un autre.';
$string['meeting_ask'] = 'Choisir un rendez-vous, ou être appelé·e';
$string['meeting_busy'] = 'Quelqu’un d’autre choisit un créneau en ce moment. Envoyez à nouveau.';
$string['meeting_cancel'] = 'Annuler ce rendez-vous';
$string['meeting_change'] = 'Pour en changer, annulez-le et choisissez à nouveau. Personne n’a à savoir pourquoi.';
$string['meeting_choose'] = 'Choisissez un créneau, ou « Appelez-moi ».';
$string['meeting_close'] = 'Clore ce rendez-vous';
$string['meeting_coming'] = 'Votre rendez-vous';
$string['meeting_done_ask'] = 'C’est noté. Vous pouvez l’annuler ici.';
$string['meeting_done_cancel'] = 'C’est annulé, et tout ce qui s’y rapporte est effacé. Vous pouvez choisir à nouveau.';
$string['meeting_done_hide'] = 'Vous ne montrez plus rien.';
$string['meeting_hide'] = 'Ne plus rien montrer';
$string['meeting_isclosed'] = 'Le rendez-vous est clos. Le numéro de téléphone et ce qui était montré sont effacés.';
$string['meeting_isnotshown'] = 'Cette personne a choisi de ne rien montrer.';
$string['meeting_isshown'] = 'Ce qui est montré';
$string['meeting_of'] = 'Rendez-vous du {$a}';
$string['meeting_open'] = 'Ouvrir';
$string['meeting_person'] = 'Personne';
$string['meeting_read'] = 'Lu pour la première fois par un conseiller ou une conseillère le {$a}.';
$string['meeting_send'] = 'Demander';
$string['meeting_show'] = 'Ce que vous montrez au conseiller ou à la conseillère';
$string['meeting_shownfor'] = 'Montré pour ce rendez-vous seulement. C’est effacé quand vous le clôturez, ou avant si la personne le reprend.';
$string['meeting_shownothing'] = 'Rien';
$string['meeting_shows'] = 'Vous montrez ce résultat';
$string['meeting_showsnothing'] = 'Vous ne montrez aucun résultat.';
$string['meeting_showtold'] = 'Les conseillers voient votre nom. Montrer un résultat veut dire : ils en voient une copie, chaque compétence avec son niveau et sa marge, jusqu’à la fin du rendez-vous. Les responsables, les ressources humaines et vos campagnes ne voient ni cela, ni que vous avez demandé un rendez-vous. Vous pouvez le reprendre à tout moment.';
$string['meeting_unread'] = 'Aucun conseiller ne l’a encore lu.';
$string['meeting_when'] = 'Quand';
$string['meetings'] = 'Mes rendez-vous';
$string['meetings_before'] = 'Avant';
$string['meetings_closed'] = 'Rendez-vous clos';
$string['meetings_intro'] = 'Parlez de vos résultats, ou de ce que vous aimeriez apprendre, avec un conseiller ou une conseillère. Vous et les conseillers êtes les seuls à le savoir.';
$string['meetings_none'] = 'Aucun créneau n’est encore ouvert pour vous. « Mes compétences face à un profil » dit à qui parler.';
$string['message_reminder'] = 'Votre rendez-vous : {$a->when}, {$a->place}. Vous pouvez l’annuler dans « Mes rendez-vous ».';
$string['message_reminder_subject'] = 'Votre rendez-vous approche';
$string['message_withdrawn'] = 'Ce rendez-vous ne peut pas avoir lieu : {$a->when}, {$a->place}. Ce que vous montriez est effacé. Choisissez un autre créneau dans « Mes rendez-vous ».';
$string['message_withdrawn_subject'] = 'Votre rendez-vous ne peut pas avoir lieu';
$string['message_workshop'] = 'L’atelier que vous avez demandé : {$a->name}. {$a->when} {$a->place}';
$string['message_workshop_subject'] = 'Votre atelier';
$string['messageprovider:advice'] = 'Vos rendez-vous et vos ateliers';
$string['mine'] = 'Mes compétences face à un profil';
$string['mine_explained'] = '« Atteint » et « pas encore atteint » sont dits à partir de 90 chances sur cent. En dessous, ce n’est pas encore certain : d’autres questions peuvent le dire. « Non évalué » ne dit rien de vous.';
$string['mine_first'] = 'Pour bien commencer :';
$string['mine_intro'] = 'Vos propres résultats face à ce que demande un profil. Personne d’autre que vous ne voit cette page, et l’ouvrir ne partage rien.';
$string['mine_none'] = 'Il n’y a pas encore de profil auquel vous comparer.';
$string['mine_summary'] = 'Atteint : {$a->reached}. Pas encore certain : {$a->undecided}. Pas encore atteint : {$a->notreached}. Non évalué : {$a->unknown}.';
$string['modality_blended'] = 'Mixte';
$string['modality_online'] = 'À distance';
$string['modality_onsite'] = 'En présentiel';
$string['mycampaigns'] = 'Mes campagnes';
$string['mycampaigns_intro'] = 'Ce à quoi vous avez été invité·e. Personne d’autre ne voit cette page.';
$string['mycampaigns_none'] = 'Vous n’avez encore été invité·e à rien.';
$string['next'] = 'Ce que vous pouvez faire maintenant';
$string['next_again'] = 'Pas encore certain : d’autres questions peuvent le dire.';
$string['next_order'] = 'Dans l’ordre de ce que chacune comble : la probabilité qu’un niveau ne soit pas atteint, multipliée par son poids, et la plus courte d’abord quand deux comblent autant.';
$string['next_person'] = 'Quelqu’un à qui en parler';
$string['next_without'] = 'Le catalogue n’a encore rien qui convienne pour :';
$string['noauthority'] = 'Ce site ne sait pas encore à quelle organisation vous appartenez : vous n’êtes dans aucune de ses cohortes. Dites-le à qui s’occupe de votre compte.';
$string['nocampaign'] = 'Il n’y a pas de campagne avec ce code.';
$string['nocohort'] = 'Aucune cohorte unique n’a cet identifiant ici : personne n’est compté.';
$string['noentry'] = 'Cette formation n’existe pas, ou n’est pas pour vous.';
$string['noframework'] = 'Cette version du référentiel n’est pas connue ici : rien ne peut être comparé. Importez le profil dans une version connue.';
$string['nomap'] = 'Cette carte n’existe plus.';
$string['nomeeting'] = 'Ce rendez-vous n’est plus là : il a pu être annulé.';
$string['noprofile'] = 'Ce profil n’existe pas, ou n’est pas pour vous.';
$string['noslot'] = 'Ce créneau n’est plus là.';
$string['noworkshop'] = 'Cet atelier n’est plus là.';
$string['outcome'] = 'Suite donnée';
$string['outcome_again'] = 'Il a eu lieu ; un autre serait utile.';
$string['outcome_choose'] = 'Choisissez une suite dans la liste.';
$string['outcome_held'] = 'Il a eu lieu.';
$string['outcome_missed'] = 'Il n’a pas eu lieu.';
$string['outcome_none'] = 'Pas encore clos.';
$string['outcome_note'] = 'Ce qui a été convenu';
$string['outcome_notetold'] = 'La personne lit ce texte. N’y écrivez rien que vous ne lui diriez pas.';
$string['outcome_what'] = 'Ce qu’il en est';
$string['palier:advise'] = 'Recevoir en rendez-vous et faire des ateliers';
$string['palier:compareown'] = 'Comparer ses propres résultats à un profil';
$string['palier:makemaps'] = 'Faire et supprimer des cartes de campagnes';
$string['palier:manageactions'] = 'Importer le plan d’action';
$string['palier:managecampaigns'] = 'Préparer des campagnes, et voir combien de personnes participent';
$string['palier:managecatalogue'] = 'Gérer le catalogue de formations';
$string['palier:manageprofiles'] = 'Gérer les profils de compétences';
$string['palier:seekhelp'] = 'Trouver des collègues qui aident, proposer son aide, demander un rendez-vous ou un atelier';
$string['palier:takepart'] = 'Participer à des campagnes';
$string['palier:viewgaps'] = 'Voir combien de personnes atteignent ce que demande leur métier';
$string['palier:viewmaps'] = 'Lire les cartes des campagnes';
$string['participation_begun'] = 'Commencé';
$string['participation_counted'] = 'Votre résultat est compté, parmi au moins {$a} autres, dans un tableau publié qui ne nomme personne et ne change plus. Le reprendre le retire de tout le reste.';
$string['participation_finished'] = 'Terminé, non partagé';
$string['participation_invited'] = 'Pas commencé';
$string['participation_refused'] = 'Vous préférez ne pas participer. Personne n’en a été informé.';
$string['participation_shared'] = 'Partagé';
$string['people'] = 'Personnes qui exercent le métier';
$string['plan_added'] = 'Ajouté à votre plan de formation.';
$string['plan_description'] = 'Compétences que j’ai choisies parmi mes étapes suivantes.';
$string['plan_name'] = 'Mes étapes suivantes';
$string['pluginname'] = 'Le programme de l’organisation';
$string['privacy:answered'] = 'Qui a répondu à une enquête d’une campagne, pour que personne ne réponde deux fois. Ce qui a été répondu, et quand, n’est gardé avec personne';
$string['privacy:answered:survey'] = 'Quelle enquête';
$string['privacy:answered:userid'] = 'La personne';
$string['privacy:campaign'] = 'Les campagnes.';
$string['privacy:campaign:usermodified'] = 'Qui a modifié la campagne en dernier.';
$string['privacy:core_competency'] = 'Les plans de formation, quand une personne ajoute une compétence au sien.';
$string['privacy:meeting'] = 'Les rendez-vous que des personnes ont demandés. Elles et les conseillers du lieu les lisent.';
$string['privacy:meeting:adviserid'] = 'Qui l’a clos.';
$string['privacy:meeting:hours'] = 'Quand la personne veut être appelée ; effacé quand il est clos.';
$string['privacy:meeting:note'] = 'Ce qui a été convenu.';
$string['privacy:meeting:outcome'] = 'Ce qu’il en est.';
$string['privacy:meeting:phone'] = 'Le numéro de téléphone tapé pour cet appel ; effacé quand il est clos.';
$string['privacy:meeting:shown'] = 'Une copie du résultat que la personne montre ; effacée quand il est clos ou quand elle la reprend.';
$string['privacy:meeting:timeclosed'] = 'Quand il a été clos.';
$string['privacy:meeting:timecreated'] = 'Quand il a été demandé.';
$string['privacy:meeting:timeread'] = 'Quand un conseiller l’a lu pour la première fois.';
$string['privacy:meeting:timereminded'] = 'Quand la personne a eu un rappel.';
$string['privacy:meeting:userid'] = 'La personne.';
$string['privacy:participation'] = 'Ce qu’une personne a fait dans une campagne. Elle seule le lit ; les autres ont des nombres.';
$string['privacy:participation:attemptid'] = 'Le passage partagé.';
$string['privacy:participation:decision'] = 'Tant que le résultat est partagé, si le niveau que le test demande est atteint.';
$string['privacy:participation:level'] = 'Le niveau du résultat tant qu’il est partagé.';
$string['privacy:participation:snapshotid'] = 'Le tableau publié dans lequel le résultat a été compté, qui ne nomme personne.';
$string['privacy:participation:timebegun'] = 'Quand le test a été commencé.';
$string['privacy:participation:timefinished'] = 'Quand il a été terminé.';
$string['privacy:participation:timerefused'] = 'Quand la personne a dit préférer ne pas participer ; dit à personne d’autre.';
$string['privacy:participation:timeshared'] = 'Quand son résultat a été partagé.';
$string['privacy:participation:usefultold'] = 'Si la personne a dit si c’était utile ; ce qu’elle a dit est compté, et n’est gardé nulle part avec elle.';
$string['privacy:participation:userid'] = 'La personne.';
$string['privacy:slot'] = 'Les créneaux où des conseillers reçoivent.';
$string['privacy:slot:adviserid'] = 'Qui a ouvert le créneau.';
$string['privacy:told'] = 'Ce que des personnes disent d’une de leurs compétences : qu’elles aident, ce que lisent les collègues de leur collectivité, ou qu’elles souhaitent un atelier, ce que lisent ses conseillers.';
$string['privacy:told:chances'] = 'Pour un atelier : la probabilité que chaque niveau de cette compétence soit atteint.';
$string['privacy:told:cmid'] = 'Le test sur lequel cela repose.';
$string['privacy:told:competence'] = 'La compétence.';
$string['privacy:told:kind'] = 'S’il s’agit d’aide ou d’un atelier.';
$string['privacy:told:timecreated'] = 'Quand cela a été dit.';
$string['privacy:told:timeresult'] = 'Quand ce test s’est terminé.';
$string['privacy:told:userid'] = 'La personne.';
$string['privacy:workshop'] = 'Les ateliers. Les participants sont dans les groupes du cours.';
$string['privacy:workshop:usermodified'] = 'Qui a créé l’atelier.';
$string['profile'] = 'Profil';
$string['profiles'] = 'Profils';
$string['profiles_intro'] = 'Un profil dit quel niveau chaque compétence doit avoir : pour tous, pour un métier, ou pour commencer. Un changement fait une nouvelle version ; les précédentes restent telles quelles.';
$string['profiles_none'] = 'Il n’y a pas encore de profil. Importez un fichier, ou commencez par les six métiers d’exemple.';
$string['protection_campaigns'] = 'Campagnes';
$string['protection_counts_data'] = 'Combien de personnes d’un métier atteignent ce qu’il demande, par mois ; personne par son nom';
$string['protection_counts_howlong'] = 'Jusqu’au comptage suivant.';
$string['protection_counts_measure'] = 'Aucun chiffre sur moins de {$a} personnes, ni ce qui le dirait.';
$string['protection_counts_purpose'] = 'Voir de quelles formations les métiers ont besoin';
$string['protection_counts_risk'] = 'Un petit groupe rend quelqu’un reconnaissable.';
$string['protection_counts_where'] = 'Cela reste sur ce site ; un fichier que quelqu’un télécharge.';
$string['protection_counts_who'] = 'Ceux qui peuvent voir combien de personnes atteignent ce que demande leur métier.';
$string['protection_help_data'] = 'Les compétences pour lesquelles quelqu’un aide ; celles où il souhaite un atelier, avec la probabilité de chaque niveau ; les rendez-vous, avec un numéro de téléphone pour un appel, une copie du résultat montré et ce qui a été convenu';
$string['protection_help_howlong'] = 'L’aide : jusqu’à son retrait. Le numéro de téléphone et ce qui est montré : jusqu’à la fin du rendez-vous. Le reste : {$a} mois.';
$string['protection_help_measure'] = 'Rien n’est dit que par un clic de la personne, et cela se reprend aussitôt. Aucun journal ne nomme qui demande de l’aide. Aucun rôle de responsable ou de ressources humaines n’a le droit de le lire.';
$string['protection_help_purpose'] = 'Permettre aux personnes de s’entraider, de voir un conseiller ou de suivre un atelier';
$string['protection_help_risk'] = 'On apprend que quelqu’un cherche de l’aide. Qui enseigne dans le cours d’un atelier voit qui en est.';
$string['protection_help_where'] = 'Cela reste sur ce site ; une liste de séances que quelqu’un imprime.';
$string['protection_help_who'] = 'L’aide : les collègues de la même collectivité. Le reste : la personne et les conseillers de sa collectivité.';
$string['protection_participation_data'] = 'Quand une personne a commencé, terminé et partagé, ou préféré ne pas participer ; le niveau tant qu’il est partagé';
$string['protection_participation_howlong'] = 'Jusqu’à la suppression de la catégorie de cours de la campagne, ou du compte.';
$string['protection_participation_measure'] = 'Pour tous les autres, ceux qui ont refusé et ceux qui n’ont pas commencé se ressemblent. [Dire que participer est libre.]';
$string['protection_participation_purpose'] = 'Laisser chacun participer à une campagne, ou non';
$string['protection_participation_risk'] = 'Une personne est poussée à participer, ou à partager.';
$string['protection_participation_where'] = 'Cela reste sur ce site.';
$string['protection_participation_who'] = 'La personne seule ; qui gère la campagne voit des nombres par pas de {$a}.';
$string['protection_surveys_data'] = 'Qu’une personne a répondu à une enquête, sans quand ni quoi ; combien de personnes ont donné chaque réponse';
$string['protection_surveys_howlong'] = 'Jusqu’à la suppression de la catégorie de cours de la campagne ; le fait d’avoir répondu, jusqu’à celle du compte.';
$string['protection_surveys_measure'] = 'Les réponses sont additionnées et gardées avec personne. Elles sont dites une fois la campagne terminée, sur {$a} personnes au moins.';
$string['protection_surveys_purpose'] = 'Savoir avec quoi les personnes travaillent et comment elles vivent le numérique, sans leurs noms';
$string['protection_surveys_risk'] = 'Qui lit la base de données entre deux réponses voit quels nombres ont augmenté.';
$string['protection_surveys_where'] = 'Cela reste sur ce site.';
$string['protection_surveys_who'] = 'Qui gère la campagne voit des nombres.';
$string['provisional'] = 'Provisoire';
$string['queue'] = 'Qui attend';
$string['queue_none'] = 'Personne n’attend.';
$string['reason'] = 'Pourquoi';
$string['refused'] = 'C’est noté, pour vous seul·e.';
$string['remarks'] = 'Remarques';
$string['rendezvous'] = 'À qui en parler';
$string['rendezvous_default'] = 'Parlez de vos résultats avec la personne qui vous a invité·e au test, ou avec la personne chargée de la formation : vous décidez de ce que vous montrez.';
$string['rendezvous_desc'] = 'Sous ses propres résultats, quels qu’ils soient : un nom, un numéro de téléphone, comment prendre rendez-vous. Vide : une phrase générale.';
$string['retire'] = 'Retirer';
$string['retired'] = '« {$a} » n’est plus en vigueur.';
$string['risky'] = 'On reclasse des personnes vers ce métier, et son travail change fortement.';
$string['role_palieradviser'] = 'Conseiller ou conseillère (Palier)';
$string['role_palieradviser_desc'] = 'Reçoit en rendez-vous, avec ce que chacun choisit de montrer, et fait des ateliers avec les personnes qui en demandent, dans la catégorie de cours où le rôle est donné. Ne voit aucun autre résultat.';
$string['role_paliercampaigns'] = 'Responsable de campagne (Palier)';
$string['role_paliercampaigns_desc'] = 'Prépare et lance des campagnes dans la catégorie de cours où le rôle est donné, et voit des nombres de participation, jamais qui.';
$string['role_paliercatalogue'] = 'Responsable de formation (Palier)';
$string['role_paliercatalogue_desc'] = 'Importe, exporte et enlève des formations du catalogue dans la catégorie de cours où le rôle est donné, et voit combien de personnes atteignent ce que demande leur métier, jamais qui.';
$string['role_palierhr'] = 'Ressources humaines (Palier)';
$string['role_palierhr_desc'] = 'Voit combien de personnes atteignent ce que demande leur métier, fait et lit les cartes des campagnes, dans la catégorie de cours où le rôle est donné, et jamais qui.';
$string['role_palierprofiles'] = 'Gestionnaire des profils (Palier)';
$string['role_palierprofiles_desc'] = 'Importe, exporte et retire des profils de compétences dans la catégorie de cours où le rôle est donné, et ne voit aucun résultat.';
$string['samples'] = 'Voir les six métiers d’exemple';
$string['session_later'] = 'La date sera dite plus tard.';
$string['session_place'] = 'Lieu';
$string['session_when'] = 'Quand';
$string['share'] = 'Partager mon résultat';
$string['shown_choice'] = '{$a->test}, {$a->date}';
$string['shown_domain'] = '{$a} (du domaine dans son ensemble)';
$string['shown_found'] = 'Ce que dit le test';
$string['shown_level'] = 'Niveau {$a->level}, entre {$a->low} et {$a->high}';
$string['shown_margin'] = 'Les marges valent avec {$a} chances sur cent.';
$string['shown_none'] = 'Ce résultat ne peut pas être montré.';
$string['shown_provisional'] = 'Provisoire : la difficulté des questions vient encore d’experts.';
$string['shown_unsure'] = 'Pas assez certain pour être dit';
$string['slot_choice'] = '{$a->when} · {$a->place} · {$a->adviser}';
$string['slot_from'] = 'À partir de';
$string['slot_iswithdrawn'] = 'Le créneau est retiré. Les personnes qui l’avaient réservé ont un message.';
$string['slot_minutes'] = 'Durée en minutes';
$string['slot_past'] = 'Choisissez un moment à venir.';
$string['slot_people'] = 'Nombre de personnes possible';
$string['slot_place'] = 'Lieu ou téléphone';
$string['slot_place_help'] = 'Tel que les personnes le lisent : une salle et son adresse, ou « par téléphone » avec le numéro qui appelle ou qu’il faut appeler.';
$string['slot_taken'] = 'Ce créneau n’est plus libre. Choisissez-en un autre.';
$string['slot_taken_places'] = 'Places prises';
$string['slot_takenof'] = '{$a->taken} sur {$a->people}';
$string['slot_times'] = 'Combien de créneaux à la suite';
$string['slot_times_help'] = 'Quatre créneaux de 30 minutes à partir de 9 h 00 sont à 9 h 00, 9 h 30, 10 h 00 et 10 h 30.';
$string['slot_when'] = '{$a->date} ({$a->minutes} min)';
$string['slot_withdraw'] = 'Retirer';
$string['slot_withdrawtold'] = 'Qui avait réservé un créneau que vous retirez a un message, et peut en choisir un autre.';
$string['slots'] = 'Créneaux à venir';
$string['slots_none'] = 'Aucun créneau n’est libre en ce moment.';
$string['slots_noneopen'] = 'Aucun créneau n’est ouvert.';
$string['slots_open'] = 'Ouvrir des créneaux';
$string['slots_opened'] = 'Les créneaux sont ouverts.';
$string['source'] = 'D’après quel résultat';
$string['source_of'] = 'Test du {$a}';
$string['step_ask'] = 'Voir comment s’inscrire';
$string['step_cannot'] = 'Ce n’est pas possible maintenant. Vos étapes suivantes sont ci-dessous.';
$string['step_cannotenrol'] = 'Un clic ne suffit pas pour s’inscrire à ce cours en ce moment. Ouvrez sa page pour voir comment faire.';
$string['step_code'] = 'À demander par son code : {$a}';
$string['step_course'] = 'Aller au cours';
$string['step_enrol'] = 'M’inscrire';
$string['step_plan'] = 'Ajouter à mon plan de formation';
$string['step_seen'] = 'Les personnes qui enseignent dans un cours voient qui y est inscrit, et celles qui gèrent les plans de formation voient les plans ; elles ne voient pas vos résultats pour autant.';
$string['survey_afterhours'] = 'Êtes-vous sollicité·e par message ou par téléphone hors de votre temps de travail ?';
$string['survey_all'] = 'Répondez à chaque question ; « Je préfère ne pas le dire » est une réponse.';
$string['survey_climate'] = 'Le travail numérique : cinq questions, sans votre nom';
$string['survey_climate_help'] = 'Trop d’informations, un travail morcelé, des incivilités : pour toutes les personnes à qui la campagne est proposée, avec le test ou sans. Les réponses sont additionnées et gardées avec personne, et jamais rapprochées d’un résultat.';
$string['survey_climate_offer'] = 'Cinq questions sur le travail numérique, sans nom';
$string['survey_context'] = 'Avec quoi vous travaillez : cinq questions, sans votre nom';
$string['survey_context_help'] = 'Équipement, réseau, lieu, temps, aide : après le test. Les réponses sont additionnées et gardées avec personne, et jamais rapprochées d’un résultat. Un plan d’action peut en faire des cibles.';
$string['survey_context_offer'] = 'Cinq questions sur l’équipement, le lieu et le temps, sans nom';
$string['survey_cutup'] = 'Votre travail est-il morcelé par des messages, des appels et des notifications ?';
$string['survey_equipment'] = 'Avez-vous l’équipement qu’il vous faut (ordinateur, tablette, téléphone) ?';
$string['survey_explained'] = 'Vos réponses sont ajoutées à celles des autres, sans votre nom et sans l’heure. Personne ne peut les retrouver, ni les rapprocher de votre résultat. Elles sont dites une fois la campagne terminée, sur {$a} personnes au moins. Il est seulement gardé que vous avez répondu.';
$string['survey_hidden'] = 'non dit';
$string['survey_network'] = 'Le réseau fonctionne-t-il assez bien là où vous travaillez ?';
$string['survey_no'] = 'Non';
$string['survey_often'] = 'Souvent';
$string['survey_overload'] = 'Recevez-vous plus de messages et d’informations que vous ne pouvez en traiter ?';
$string['survey_partly'] = 'En partie';
$string['survey_people'] = '{$a} personnes ont répondu. Un nombre trop petit n’est pas dit, ni celui dont on pourrait le déduire.';
$string['survey_place'] = 'Avez-vous un lieu où travailler au calme sur un écran ?';
$string['survey_rarely'] = 'Rarement ou jamais';
$string['survey_rude'] = 'Recevez-vous des messages impolis ou agressifs ?';
$string['survey_scattered'] = 'Devez-vous chercher une même information dans plusieurs outils ?';
$string['survey_sometimes'] = 'Parfois';
$string['survey_support'] = 'Y a-t-il quelqu’un qui vous aide quand quelque chose ne marche pas ?';
$string['survey_time'] = 'Avez-vous du temps au travail pour apprendre ?';
$string['survey_told'] = 'Vos réponses sont ajoutées. Merci.';
$string['survey_toofew'] = 'Moins de {$a} personnes ont répondu : rien n’est dit.';
$string['survey_unsaid'] = 'Je préfère ne pas le dire';
$string['survey_yes'] = 'Oui';
$string['takeback'] = 'Ne plus partager';
$string['task_count_gaps'] = 'Compter qui atteint ce que demandent les métiers';
$string['task_enrol_people'] = 'Inscrire les personnes d’une campagne';
$string['task_look_after_help'] = 'Rappeler les rendez-vous, et effacer les anciens';
$string['task_make_map'] = 'Faire la carte d’une campagne';
$string['template_isnot'] = 'Utilisé ici seulement.';
$string['template_isshared'] = 'Prêté : les organisations en dessous peuvent en tirer des campagnes.';
$string['template_none'] = 'Il n’y a pas de tel test dont tirer une campagne. Choisissez-en un dans la liste de l’étape 2.';
$string['template_of'] = '{$a->name} – prêté par {$a->place}';
$string['template_share'] = 'Le prêter';
$string['template_withdraw'] = 'Ne plus le prêter';
$string['templates'] = 'Tests à prêter';
$string['templates_intro'] = 'Les organisations en dessous peuvent tirer des campagnes des tests que vous prêtez, dans leurs propres cours et avec les mêmes questions. Personne ne voit les résultats d’une autre organisation, et vous n’en voyez ici aucun des leurs.';
$string['totest'] = 'Vers mon test';
$string['training'] = 'Formation';
$string['transversal_cannot'] = 'Aucune campagne ne peut être faite de la carte de toutes les compétences : {$a} Préparez-en une en quatre étapes.';
$string['transversal_full'] = 'Toutes les compétences, en entier, en plusieurs fois';
$string['transversal_intro'] = 'Les 16 compétences, prêtes à être lancées : il n’y a rien à saisir. Vous voyez ce que cela donnera, et pouvez le modifier avant.';
$string['transversal_name_full'] = 'Nos compétences numériques, compétence par compétence';
$string['transversal_name_short'] = 'Nos compétences numériques, domaine par domaine';
$string['transversal_nocourse'] = 'La carte vous est prêtée, et votre campagne a besoin d’un cours à vous où vous pouvez ajouter des tests. Demandez-en un à qui tient vos cours.';
$string['transversal_none'] = 'Il n’y a pas ici de carte de toutes les compétences. Demandez qu’on vous en prête une, ou préparez une campagne en quatre étapes.';
$string['transversal_purpose'] = 'Voir ensemble quelles compétences numériques nous avons, et choisir des formations.';
$string['transversal_short'] = 'Toutes les compétences, en court : {$a} questions au plus, par domaine';
$string['useful'] = 'Était-ce utile ? Trois questions';
$string['useful_busy'] = 'Vos réponses n’ont pas été enregistrées. Envoyez-les à nouveau.';
$string['useful_clear'] = 'Les questions et le résultat étaient-ils clairs ?';
$string['useful_explained'] = 'Vos réponses sont comptées sans votre nom, et personne ne peut les retrouver ensuite. Elles sont dites une fois la campagne terminée, sur {$a} personnes au moins. Répondez à ce que vous voulez, une fois.';
$string['useful_later'] = 'On le saura une fois la campagne terminée.';
$string['useful_learned'] = 'Avez-vous appris quelque chose qui vous sert ?';
$string['useful_next'] = 'Savez-vous ce que vous pouvez faire ensuite ?';
$string['useful_no'] = 'Non';
$string['useful_none'] = 'Choisissez une réponse à une question au moins, puis envoyez.';
$string['useful_partly'] = 'En partie';
$string['useful_people'] = 'Était-ce utile ? Combien ont répondu quoi';
$string['useful_question'] = 'Question';
$string['useful_send'] = 'Envoyer mes réponses';
$string['useful_told'] = 'Vous avez dit si c’était utile. Merci.';
$string['useful_yes'] = 'Oui';
$string['version'] = 'Version';
$string['version_active'] = 'Version {$a->version}, en vigueur. Référentiel : {$a->framework}.';
$string['version_before'] = 'Version {$a->version}, plus en vigueur. Référentiel : {$a->framework}.';
$string['weight'] = 'Poids';
$string['workshop_ask'] = 'Un atelier avec d’autres';
$string['workshop_asktold'] = 'Si vous en demandez un, les conseillers de {$a} lisent votre nom et la probabilité que vous atteigniez chaque niveau de cette compétence, et rien d’autre. Ils peuvent vous inscrire au cours d’un atelier, dans un groupe de personnes au besoin proche : qui y enseigne voit qui en est. Les responsables et les ressources humaines ne voient aucune demande. Vous pouvez la reprendre.';
$string['workshop_cannotenrol'] = 'Rien n’a été créé. Personnes de cette liste qui ne sont pas dans ce cours, où vous ne pouvez pas inscrire : {$a}. Choisissez un autre cours.';
$string['workshop_changed'] = 'Quelqu’un est arrivé, parti ou a été mesuré à nouveau depuis. Voici les groupes à présent : regardez-les, et confirmez à nouveau.';
$string['workshop_course'] = 'Cours de l’atelier';
$string['workshop_coursetold'] = 'Chaque groupe devient un groupe de ce cours. Les personnes qui n’y sont pas y sont inscrites, si vous le pouvez. Les numéros des groupes sont tirés au sort, pour ne rien dire de personne.';
$string['workshop_everybody'] = 'Toutes les personnes qui en ont demandé un';
$string['workshop_gone'] = 'Les groupes de cet atelier ne sont plus dans le cours.';
$string['workshop_group'] = '{$a->name} – groupe {$a->number}';
$string['workshop_groupof'] = 'Un groupe : {$a}';
$string['workshop_least'] = 'Personnes par groupe, au moins';
$string['workshop_level'] = 'Jusqu’au niveau';
$string['workshop_make'] = 'Créer ces groupes';
$string['workshop_most'] = 'et au plus';
$string['workshop_name'] = 'Nom de l’atelier';
$string['workshop_nocourse'] = 'Choisissez un cours de la liste, où vous pouvez créer des groupes.';
$string['workshop_nocourses'] = 'Il n’y a pas ici de cours où vous pouvez créer des groupes.';
$string['workshop_nothing'] = 'Il n’y a pas ici de quoi demander un atelier : choisissez une compétence mesurée qui n’est pas atteinte avec certitude.';
$string['workshop_on'] = 'Atelier sur (entre parenthèses, combien le souhaitent)';
$string['workshop_people'] = 'Dont le résultat est de';
$string['workshop_proposal'] = 'Groupes proposés';
$string['workshop_proposaltold'] = 'Les personnes aux écarts proches sont ensemble : le premier groupe est le plus loin du niveau. Rien n’est créé avant votre confirmation.';
$string['workshop_propose'] = 'Proposer des groupes';
$string['workshop_signature'] = 'Signature';
$string['workshop_unwant'] = 'Retirer ma demande';
$string['workshop_want'] = 'J’en souhaite un';
$string['workshop_wanted'] = 'demandé';
$string['workshops'] = 'Ateliers';
$string['workshops_intro'] = 'Des groupes de personnes aux écarts proches, parmi celles qui ont demandé un atelier et laissent les conseillers savoir où elles en sont dans cette compétence. Personne d’autre n’est dans ces listes.';
$string['workshops_made'] = 'Ateliers créés';
$string['workshops_none'] = 'Personne n’a encore demandé d’atelier. On en demande un parmi ses étapes suivantes, dans « Mes compétences face à un profil ».';
$string['workshops_nonemade'] = 'Aucun pour le moment.';
