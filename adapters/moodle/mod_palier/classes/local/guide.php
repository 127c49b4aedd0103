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

namespace mod_palier\local;

/**
 * The guides that come with the plugin: pages of Markdown in docs/ of mod_palier.zip, shown in the reader's language.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class guide {
    /** @var string[] pages by their names in English, to their names in French. */
    public const PAGES = [
        'teacher' => 'enseignant',
        'trainer' => 'formateur',
        'keeper' => 'gestionnaire',
        'learner' => 'apprenant',
        'human-resources' => 'ressources-humaines',
        'administrator' => 'administrateur',
        'model-sheet' => 'fiche-de-modele',
        'data-protection' => 'protection-des-donnees',
        'accessibility' => 'accessibilite',
        'plan' => 'plan-de-test',
        'tables' => 'tableaux',
        'measurement' => 'mesure',
        'calibration' => 'calibrage',
        'xapi' => 'traces-xapi',
        'player' => 'lecteur',
    ];

    /** @var string|null for tests: the folder of the pages. */
    private static ?string $folder = null;

    /** @var string the page's text, without its title and without the line that leads to the other language. */
    private readonly string $text;

    /** @var string what the page is called. */
    public readonly string $title;

    /** @var string its name in its language, which is that of its file. */
    public readonly string $name;

    /** @var string its language: en or fr. */
    public readonly string $language;

    /** @var bool whether it came with the plugin. */
    public readonly bool $isthere;

    /**
     * Constructor.
     *
     * @param string $page one of PAGES, by its English name
     * @param string|null $reader the reader's language; null: that of the page
     * @throws \moodle_exception where there is no such page
     */
    public function __construct(
        /** @var string which. */
        public readonly string $page,
        ?string $reader = null
    ) {
        if (!isset(self::PAGES[$page])) {
            throw new \moodle_exception('guideunknown', 'mod_palier', '', s($page));
        }
        $this->language = str_starts_with($reader ?? current_language(), 'fr') ? 'fr' : 'en';
        $this->name = $this->language === 'fr' ? self::PAGES[$page] : $page;
        $file = self::folder() . "/{$this->name}.md";
        $this->isthere = is_file($file);
        $whole = $this->isthere ? (string) file_get_contents($file) : '';
        preg_match('/\A# +(.+)$/m', $whole, $title);
        $this->title = trim($title[1] ?? $page);
        $this->text = preg_replace(['/\A# +.+\n/', '/^\*(?:En français|In English)\b.*\n/mu'], '', $whole);
    }

    /**
     * The page, its links leading to the other guides.
     *
     * @return string HTML, cleaned
     */
    public function html(): string {
        // Headings of the page are below its title.
        $text = preg_replace('/^#(?=#* )/m', '##', $this->text);
        $html = format_text($text, FORMAT_MARKDOWN, ['context' => \core\context\system::instance(), 'filter' => false]);
        $html = preg_replace_callback(
            '~<a href="([^"]*)"[^>]*>(.*?)</a>~s',
            fn(array $link): string => self::link(html_entity_decode($link[1]), $link[2]),
            $html
        );
        $table = ['<table>' => '<div class="table-responsive"><table class="generaltable">', '</table>' => '</table></div>'];
        return strtr($html, $table);
    }

    /**
     * Where a guide is read.
     *
     * @param string $page one of PAGES
     * @return \core\url
     */
    public static function url(string $page): \core\url {
        return new \core\url('/mod/palier/guide.php', ['page' => $page]);
    }

    /**
     * For tests: another folder of pages.
     *
     * @param string|null $folder null: the plugin's own
     */
    public static function set_folder(?string $folder): void {
        self::$folder = $folder;
    }

    /**
     * Where the pages are.
     *
     * @return string
     */
    private static function folder(): string {
        return self::$folder ?? dirname(__DIR__, 2) . '/docs';
    }

    /**
     * A link of a page: to another guide, to the web, or only its words where it leads to what is not in the plugin.
     *
     * @param string $to
     * @param string $words HTML
     * @return string
     */
    private static function link(string $to, string $words): string {
        if (preg_match('~^https?://~', $to)) {
            return \html_writer::link($to, $words);
        }
        $name = preg_replace('/\.md(#.*)?$/', '', $to);
        $page = isset(self::PAGES[$name]) ? $name : array_search($name, self::PAGES, true);
        return $page === false ? $words : \html_writer::link(self::url($page), $words);
    }
}
