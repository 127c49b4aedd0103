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

namespace local_palier\local;

use ZipArchive;

/**
 * A document as a file for word processors: Open Document Text (ISO/IEC 26300, OpenDocument 1.2), with what a document needs and
 * nothing more. Its first entry says what it is, and is not compressed (part 3 of the standard, section 3.3).
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class odt {
    /** @var string what it is. */
    public const TYPE = 'application/vnd.oasis.opendocument.text';

    /** @var string names of the parts of the standard. */
    private const SPACES = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        . ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        . ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        . ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
        . ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        . ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
        . ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
        . ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
        . ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        . ' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"';

    /** @var string[] pictures, by their names in the file. */
    private array $pictures = [];

    /** @var int tables so far. */
    private int $tables = 0;

    /**
     * Constructor.
     *
     * @param document $document
     * @param string $language two letters
     */
    private function __construct(
        /** @var document what is written. */
        private readonly document $document,
        /** @var string its language. */
        private readonly string $language
    ) {
    }

    /**
     * The file of a document.
     *
     * @param document $document
     * @param string $language two letters
     * @return string
     */
    public static function of(document $document, string $language): string {
        $odt = new self($document, $language);
        $parts = [
            'content.xml' => $odt->content(),
            'styles.xml' => $odt->styles(),
            'meta.xml' => $odt->meta(),
        ] + $odt->pictures;
        $path = make_request_directory() . '/document.odt';
        $zip = new ZipArchive();
        if ($zip->open($path, ZipArchive::CREATE | ZipArchive::OVERWRITE) !== true) {
            throw new \moodle_exception('cannotcreatezip', 'error');
        }
        $zip->addFromString('mimetype', self::TYPE);
        $zip->setCompressionName('mimetype', ZipArchive::CM_STORE);
        $zip->addFromString('META-INF/manifest.xml', self::manifest(array_keys($parts)));
        foreach ($parts as $name => $part) {
            $zip->addFromString($name, $part);
        }
        $zip->close();
        return file_get_contents($path);
    }

    /**
     * What is in the file.
     *
     * @param string[] $names
     * @return string
     */
    private static function manifest(array $names): string {
        $entry = fn(string $name, string $type): string
            => "<manifest:file-entry manifest:full-path=\"$name\" manifest:media-type=\"$type\"/>";
        $entries = array_map(fn(string $name): string => $entry(
            $name,
            str_ends_with($name, '.png') ? 'image/png' : 'text/xml'
        ), $names);
        return self::xml('<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            . ' manifest:version="1.2">' . $entry('/', self::TYPE) . implode('', $entries) . '</manifest:manifest>');
    }

    /**
     * The text.
     *
     * @return string
     */
    private function content(): string {
        $blocks = array_map(fn(array $block): string => match ($block['kind']) {
            'heading' => self::title($block['text'], $block['level']),
            'paragraph' => self::paragraph($block['text']),
            'list' => '<text:list text:style-name="L1">' . implode('', array_map(
                fn(string $item): string => '<text:list-item>' . self::paragraph($item) . '</text:list-item>',
                $block['items']
            )) . '</text:list>',
            'table' => $this->table($block['columns'], $block['rows']),
            'picture' => $this->picture($block['png'], $block['text']),
        }, $this->document->blocks());
        $cell = '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties'
            . ' fo:border="0.5pt solid #000000" fo:padding="0.15cm"/></style:style>';
        return self::xml('<office:document-content ' . self::SPACES . "><office:automatic-styles>$cell</office:automatic-styles>"
            . '<office:body><office:text>' . self::title($this->document->title, 1) . implode('', $blocks)
            . '</office:text></office:body></office:document-content>');
    }

    /**
     * A heading, which a screen reader finds as one.
     *
     * @param string $text
     * @param int $level
     * @return string
     */
    private static function title(string $text, int $level): string {
        $text = self::escape($text);
        return "<text:h text:style-name=\"Heading_20_$level\" text:outline-level=\"$level\">$text</text:h>";
    }

    /**
     * A paragraph.
     *
     * @param string $text
     * @param string $style
     * @return string
     */
    private static function paragraph(string $text, string $style = 'Standard'): string {
        return "<text:p text:style-name=\"$style\">" . self::escape($text) . '</text:p>';
    }

    /**
     * A table, whose first row is its head.
     *
     * @param string[] $columns
     * @param string[][] $rows
     * @return string
     */
    private function table(array $columns, array $rows): string {
        $row = fn(array $cells, string $style): string => '<table:table-row>' . implode('', array_map(
            fn(string $text): string => '<table:table-cell table:style-name="Cell" office:value-type="string">'
                . self::paragraph($text, $style) . '</table:table-cell>',
            $cells
        )) . '</table:table-row>';
        $number = ++$this->tables;
        return "<table:table table:name=\"Table$number\"><table:table-column table:number-columns-repeated=\"" . count($columns)
            . '"/><table:table-header-rows>' . $row($columns, 'Head') . '</table:table-header-rows>'
            . implode('', array_map(fn(array $cells): string => $row($cells, 'Standard'), $rows)) . '</table:table>';
    }

    /**
     * A picture, with its text for those who do not see it.
     *
     * @param string $png
     * @param string $text
     * @return string
     */
    private function picture(string $png, string $text): string {
        $name = 'Pictures/' . (count($this->pictures) + 1) . '.png';
        $this->pictures[$name] = $png;
        return '<text:p text:style-name="Standard"><draw:frame text:anchor-type="as-char" svg:width="7cm" svg:height="7cm">'
            . "<draw:image xlink:href=\"$name\" xlink:type=\"simple\" xlink:show=\"embed\" xlink:actuate=\"onLoad\"/>"
            . '<svg:desc>' . self::escape($text) . '</svg:desc></draw:frame></text:p>';
    }

    /**
     * How it looks: A4, and headings that stay with what follows.
     *
     * @return string
     */
    private function styles(): string {
        $style = fn(string $name, string $text, string $paragraph, string $more = ''): string
            => "<style:style style:name=\"$name\" style:family=\"paragraph\" $more>"
            . "<style:paragraph-properties $paragraph/><style:text-properties $text/></style:style>";
        $heading = fn(int $level, int $size): string => $style(
            "Heading_20_$level",
            "fo:font-size=\"{$size}pt\" fo:font-weight=\"bold\"",
            'fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"',
            "style:display-name=\"Heading $level\" style:parent-style-name=\"Standard\" style:default-outline-level=\"$level\""
        );
        $language = "fo:language=\"$this->language\" fo:country=\"" . ($this->language === 'fr' ? 'FR' : 'GB') . '"';
        return self::xml('<office:document-styles ' . self::SPACES . '><office:styles>'
            . "<style:default-style style:family=\"paragraph\"><style:text-properties fo:font-size=\"12pt\" $language/>"
            . '</style:default-style>'
            . $style('Standard', 'fo:font-size="12pt"', 'fo:margin-bottom="0.2cm"')
            . $style('Head', 'fo:font-weight="bold"', 'fo:margin-bottom="0cm"', 'style:parent-style-name="Standard"')
            . $heading(1, 22) . $heading(2, 16) . $heading(3, 13)
            . '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
            . '<style:list-level-properties text:space-before="0.3cm" text:min-label-width="0.5cm"/>'
            . '</text:list-level-style-bullet></text:list-style></office:styles>'
            . '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties'
            . ' fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/></style:page-layout></office:automatic-styles>'
            . '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>'
            . '</office:document-styles>');
    }

    /**
     * What it is called, and its language.
     *
     * @return string
     */
    private function meta(): string {
        return self::xml('<office:document-meta ' . self::SPACES . '><office:meta><dc:title>' . self::escape($this->document->title)
            . "</dc:title><dc:language>$this->language</dc:language></office:meta></office:document-meta>");
    }

    /**
     * A text as it stands in XML; what XML has no place for is left out.
     *
     * @param string $text
     * @return string
     */
    private static function escape(string $text): string {
        $text = preg_replace('/[^\x{9}\x{A}\x{D}\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}]/u', '', $text);
        return str_replace("\n", '<text:line-break/>', htmlspecialchars(str_replace("\r", '', $text), ENT_XML1 | ENT_QUOTES));
    }

    /**
     * A part of the file.
     *
     * @param string $root
     * @return string
     */
    private static function xml(string $root): string {
        return '<?xml version="1.0" encoding="UTF-8"?>' . "\n$root";
    }
}
