// SPDX-License-Identifier: GPL-3.0-or-later
// The few words of the player itself, in French and English. All others come with the screens.

export type Language = 'fr' | 'en';

const fr = {
    choose: 'Choisir…',
    chooseOne: 'Choisissez une réponse.',
    chooseSeveral: 'Cochez toutes les bonnes réponses.',
    matchEach: 'Choisissez une réponse pour chaque ligne.',
    fillGaps: 'Complétez le texte : un choix dans chaque liste.',
    gap: (n: number, of: number): string => `Choix ${n} sur ${of}`,
    putInOrder: 'Mettez dans l’ordre : choisissez une place, ou utilisez les flèches.',
    placeOf: (text: string): string => `Place de « ${text} »`,
    moveUp: (text: string): string => `Monter « ${text} »`,
    moveDown: (text: string): string => `Descendre « ${text} »`,
    moved: (text: string, place: number, of: number): string => `« ${text} » est maintenant à la place ${place} sur ${of}.`,
    yourNumber: 'Votre réponse (un nombre)',
    yourAnswer: 'Votre réponse',
    unit: 'Unité',
    truth: ['Vrai', 'Faux'],
    loading: 'Le test se charge…',
    saving: 'Enregistrement…',
    notSaved: 'Non enregistré : la connexion manque. Vous pouvez continuer, nous réessayons.',
    savedAfterAll: 'La connexion est revenue : vos réponses sont enregistrées.',
    keptHere: 'Ce navigateur ne garde rien : restez sur cette page jusqu’au résultat.',
    trouble: 'Un problème empêche de continuer. Vos réponses sont gardées.',
    retry: 'Réessayer',
    elsewhere: 'Ce test est ouvert dans un autre onglet.',
    elsewhereText: 'Continuez dans l’autre onglet, ou reprenez ici. L’autre onglet s’arrêtera alors.',
    continueHere: 'Reprendre ici',
    language: 'Langue',
    information: 'Information sur ce test et vos données',
    stopQuestion: 'Autres choix',
    curve: 'Votre niveau après chaque question',
    inWords: 'En mots',
};

const en: typeof fr = {
    choose: 'Choose…',
    chooseOne: 'Choose one answer.',
    chooseSeveral: 'Tick every right answer.',
    matchEach: 'Choose an answer for each line.',
    fillGaps: 'Complete the text: one choice in each list.',
    gap: (n, of) => `Choice ${n} of ${of}`,
    putInOrder: 'Put in order: choose a place, or use the arrows.',
    placeOf: (text) => `Place of “${text}”`,
    moveUp: (text) => `Move “${text}” up`,
    moveDown: (text) => `Move “${text}” down`,
    moved: (text, place, of) => `“${text}” is now in place ${place} of ${of}.`,
    yourNumber: 'Your answer (a number)',
    yourAnswer: 'Your answer',
    unit: 'Unit',
    truth: ['True', 'False'],
    loading: 'The test is loading…',
    saving: 'Saving…',
    notSaved: 'Not saved: there is no connection. You can go on, we keep trying.',
    savedAfterAll: 'The connection is back: your answers are saved.',
    keptHere: 'This browser keeps nothing: stay on this page until the result.',
    trouble: 'Something prevents the test from going on. Your answers are kept.',
    retry: 'Try again',
    elsewhere: 'This test is open in another tab.',
    elsewhereText: 'Go on in the other tab, or continue here. The other tab will then stop.',
    continueHere: 'Continue here',
    language: 'Language',
    information: 'About this test and your data',
    stopQuestion: 'Other choices',
    curve: 'Your level after each question',
    inWords: 'In words',
};

export type Words = typeof fr;

export function wordsFor(language: Language): Words {
    return language === 'fr' ? fr : en;
}

/** French if a French tag comes first, else English. */
export function languageOf(tags: readonly string[]): Language {
    const known = tags.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'fr' || tag === 'en');
    return known === 'fr' ? 'fr' : 'en';
}
