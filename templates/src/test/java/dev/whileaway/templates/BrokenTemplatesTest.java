package dev.whileaway.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is broken is named at load, with its file and line.
class BrokenTemplatesTest {

  private static final String CATALOGUE = "catalogue.yaml";
  private static final String RU = "texts/ru.yaml";

  @TempDir Path temp;
  private TemplatesFolder folder;

  @BeforeEach
  void copy() throws IOException {
    folder = TemplatesFolder.copyTo(temp);
  }

  @Test
  void load_theStandardFolder_hasItsTypesInTheOrderOfTheFile() throws TemplateException {
    assertThat(folder.load().catalogue().names()).isEqualTo("match, message, favourite, visit");
    assertThat(Templates.standard().catalogue().type("visit").orElseThrow().id()).isEqualTo(2);
    assertThat(Templates.standard().catalogue().type(4).orElseThrow().urgent()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "urgent: true         | urgnt: true          | the key 'urgent'",
        "rows: 6              | rows: 6, x: 1        | YAML",
        "rows: 6              | rows: 101            | a whole number from 1 to 100",
        "window: 30m          | window: 30           | a duration such as 90s, 30m, 12h or 14d",
        "window: 30m          | window: 1.5h         | a duration",
        "urgent: true         | urgent: yes          | true or false",
        "id: 2                | id: 1 # again        | an id of its own",
        "id: 2                | id: 65536            | a whole number from 1 to 65535",
        "members: [text]      | members: [Text]      | lower-case letters",
        "excerpt: text        | excerpt: txt         | one of the members [text]",
        "link: /matches       | link: matches        | a path that begins with /",
        "link: /matches       | link: /m/{sender}    | one of the placeholders [digest, recipient]",
        "web: https://example | web: ftp://example   | an http or https address",
        "app: https://example | app: javascript:exam | an address that an app opens",
        "accent: \"#4650c8\"  | accent: \"#ffcc00\"  | white text is readable",
        "languages: [en, ru,   | languages: [en, en,  | each language once",
        "languages: [en, ru,   | languages: [en, e_,  | a language tag",
        "[favourite, visit]   | [favourite, visits]  | one of the types",
        "[favourite, visit]   | [favourite]          | two or more types",
      })
  void load_wrongCatalogue_isRefusedAtItsLine(String text, String broken, String expected)
      throws IOException {
    folder.replace(CATALOGUE, text, broken);
    // A missing key is named at the first line of what should hold it.
    int line = folder.lineOf(CATALOGUE, broken) - (broken.startsWith("urgnt") ? 1 : 0);
    folder.expectRefusal(CATALOGUE, line, expected);
  }

  @Test
  void load_unknownKey_isRefusedAtItsLine() throws IOException {
    folder.replace(CATALOGUE, "    rows: 6\n", "    rows: 6\n    colour: red\n");
    int line = folder.lineOf(CATALOGUE, "colour: red");
    folder.expectRefusal(CATALOGUE, line, "one of the keys", "'colour'");
  }

  @Test
  void load_typeDeclaredTwice_isRefusedAtTheSecond() throws IOException {
    folder.replace(CATALOGUE, "  favourite:\n", "  message:\n    # again\n");
    int line = folder.lineOf(CATALOGUE, "# again") - 1;
    folder.expectRefusal(CATALOGUE, line, "each key once", "'message' again");
  }

  // TRAPS 19: one second more than the longest window would do.
  @Test
  void load_expiryNotBeyondTheLongestWindow_isRefused() throws Exception {
    folder.replace(CATALOGUE, "expires-after: 14d", "expires-after: 1800s");
    folder.expectRefusal(
        CATALOGUE, folder.lineOf(CATALOGUE, "1800s"), "more than the longest window, 1800s");
    folder.replace(CATALOGUE, "expires-after: 1800s", "expires-after: 1801s");
    assertThat(folder.load()).isNotNull();
  }

  @Test
  void load_missingText_isRefusedBelowItsNearestKey() throws IOException {
    folder.replace(RU, "    row: \"Вы нравитесь друг другу\"\n", "");
    folder.expectRefusal(RU, folder.lineOf(RU, "  match:"), "a text types.match.row", "none");
  }

  @Test
  void load_missingField_isRefused() throws IOException {
    folder.replace(RU, "          body: \"{excerpt}\"\n", "");
    int line = folder.lineOf(RU, "{name}{events, plural");
    folder.expectRefusal(RU, line, "the key 'body'", "[title, long]");
  }

  @Test
  void load_unknownText_isRefusedAtItsLine() throws IOException {
    folder.replace(RU, "    row: ", "    rwo: ");
    folder.expectRefusal(
        RU, folder.lineOf(RU, "rwo:"), "a key that the catalogue needs", "'types.match.rwo'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Вы и {nmae} нравитесь | one of the placeholders | {nmae}",
        "Вы и {name нравитесь  | an ICU message          | Вы и",
        "Вы и {name, plural, other {x}} нра | or a select | {name, plural}",
        "{events, date} сооб   | or a plural             | {events, date}",
      })
  void load_brokenPattern_isRefusedAtItsLine(String broken, String expected, String found)
      throws IOException {
    folder.replace(RU, "Вы и {name} нравитесь", broken);
    folder.expectRefusal(RU, folder.lineOf(RU, broken), expected, found);
  }

  // TRAPS 31: a plural without all the forms of its language would read wrong at 2 or at 5.
  @Test
  void load_pluralWithoutAForm_isRefused() throws IOException {
    folder.replace(RU, "few {# человека} ", "");
    folder.expectRefusal(
        RU, folder.lineOf(RU, "others:"), "[few, many, one, other] of ru", "[many, one, other]");
  }

  @Test
  void load_labelOfOneLanguageOnly_isRefused() throws IOException {
    folder.replace(RU, "labels:\n", "labels:\n  hello: Привет\n");
    folder.expectRefusal(RU, 1, "the labels", "hello");
  }

  @Test
  void load_brokenYaml_isRefusedAtItsLine() throws IOException {
    folder.replace(RU, "nameless: кто-то", "nameless: [кто-то");
    folder.expectRefusal(RU, folder.lineOf(RU, "nameless: [") + 1, "YAML");
  }

  @Test
  void load_missingFile_isRefused() throws IOException {
    folder.delete(RU).expectRefusal(RU, 1, "the file", "none");
  }

  @Test
  void load_missingLayout_isRefused() throws IOException {
    folder.replace(CATALOGUE, "layout: single", "layout: postcard");
    folder.expectRefusal("layouts/postcard.mjml", 1, "the file", "none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "layouts/parts/rows.mjml | {{ row.line }}  | {{ row.lien }}    | lien",
        "layouts/parts/rows.mjml | {{ row.name }}  | {{ row.name       | Pebble's tags",
        "layouts/parts/rows.mjml | {% endif %}     | {% endfi %}       | Pebble's tags",
        "layouts/parts/button.mjml | <mj-column>   | <mj-colunm>       | MJML",
        "layouts/parts/button.mjml | <mj-button    | <mj-buton x=''/><mj-button | <mj-buton>",
        "layouts/parts/closing.mjml | {{ labels.why }} | {{ labels.wy }} | wy",
        "layouts/grouped.mjml    | {{ mail.lead }} | {{ mail.leed }}   | leed",
        "layouts/grouped.txt     | {{ row.name }}  | {{ row.nam }}     | nam",
        "layouts/single.txt      | {% endfor %}    | {% end %}         | Pebble's tags",
      })
  void load_brokenLayout_isRefusedAtItsLine(String file, String text, String broken, String part)
      throws IOException {
    folder.replace(file, text, broken);
    int line = folder.lineOf(file, broken);
    // An element that was never opened is found where it is closed.
    folder.expectRefusal(file, broken.startsWith("<mj-colunm") ? line + 2 : line, part);
  }

  @Test
  void load_includesInACircle_areRefused() throws IOException {
    folder.replace(
        "layouts/parts/button.mjml",
        "<mj-section>",
        "\n<mj-include path=\"parts/button.mjml\"/>\n");
    folder.expectRefusal("layouts/parts/button.mjml", 2, "includes at most 4 deep");
  }

  @Test
  void load_layoutThatCallsMethods_isRefused() throws IOException {
    folder.replace("layouts/grouped.txt", "{{ mail.heading }}", "{{ mail.getClass().getName() }}");
    folder.expectRefusal("layouts/grouped.txt", 1, "");
  }

  @Test
  void load_layoutTooLargeForAMailbox_isRefused() throws IOException {
    folder.replace("layouts/grouped.mjml", "{{ mail.lead }}", "x".repeat(100_000));
    folder.expectRefusal("layouts/grouped.mjml", 1, "a page of at most 100000 bytes");
  }
}
