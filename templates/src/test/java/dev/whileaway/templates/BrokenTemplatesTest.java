package dev.whileaway.templates;

import static dev.whileaway.templates.Digests.EN;
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
  private static final Person ANNA = Digests.person("1", "Anna", Person.Gender.FEMALE);

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
        RU,
        folder.lineOf(RU, "rwo:"),
        "a key that the catalogue needs, one of [button, mail, more, name, part, push, row, section]",
        "'types.match.rwo'; correct it, or take it out");
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

  /// In our words: a translator knows nothing of scanners and block mappings.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nameless: [кто-то | begins with a brace or a bracket; put the whole text in double",
        "nameless: {name} | keys and values; put a text with braces in double quotes",
        "nameless: {name} ты | words behind the end of a text; put the whole text in double",
        "nameless: \"он \"кто\"\" | write \\\" for a quotation mark within",
        "nameless: \"кто\\-то\" | a backslash within double quotes; double the backslash",
        "nameless: кто: то | a colon within a text",
        "nameless: @кто | a sign of YAML's own; put the whole text in double quotes",
        "nameless: *кто | begins with *; put the whole text in double quotes",
        "nameless: > кто | put the whole text in double quotes",
      })
  void load_brokenYaml_isRefusedAtItsLine_withTheFix(String broken, String words)
      throws IOException {
    folder.replace(RU, "nameless: кто-то", broken);
    folder.expectRefusal(RU, folder.lineOf(RU, broken), words);
  }

  @Test
  void load_quotationMarkLeftOpen_isRefusedWhereItIsOpened() throws IOException {
    folder.replace(RU, "\"Открыть {product}\"", "\"Открыть {product}");
    folder.expectRefusal(RU, folder.lineOf(RU, "Открыть"), "never closed; close it at the end");
  }

  @Test
  void load_yamlOutOfLine_isRefusedWithTheFix() throws IOException {
    folder.replace(RU, "  nameless: кто-то", "\tnameless: кто-то");
    folder.expectRefusal(RU, folder.lineOf(RU, "nameless:"), "YAML", "a tab; indent by spaces");
    folder.replace(RU, "\tnameless: кто-то", " nameless: кто-то");
    folder.expectRefusal(
        RU, folder.lineOf(RU, "nameless-gender:"), "YAML", "align the line with its neighbours");
  }

  /// What ICU takes and what nobody means.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "L'{name} et vous      | two apostrophes ('') before a brace or # | hides {name} et vous; double it",
        "Вы и '{name}'         | two apostrophes ('') before a brace or # | hides {name}; double it",
        "{events, plural, one {l'# x} few {#} many {#} other {#}} | two apostrophes | hides # x",
        "{gender, select, femal {a} other {b}} | the cases [female, male, unknown] and other for {gender} | 'femal', which it never is",
        "{named, select, true {a} other {b}} | the cases [no, yes] and other for {named} | 'true'",
        "{who, select, x {a} other {b}} | a select by one of [gender, named] | {who, select}",
        "{gendre, select, male {a} other {b}} | one of the placeholders | {gendre}",
        "{events, plural, one {{gender, select, male {#} other {b}}} few {#} many {#} other {#}} | {events} within a select | write {events}",
      })
  void load_patternThatReadsOtherwiseThanMeant_isRefusedWithItsKey(
      String broken, String expected, String found) throws IOException {
    folder.replace(RU, "Вы и {name} нравитесь друг другу", broken);
    folder.expectRefusal(
        RU,
        folder.lineOf(RU, broken),
        "types.match.push.from-one[1].body: expected",
        expected,
        found);
  }

  @Test
  void load_apostrophesThatAreMeant_areTaken() throws Exception {
    folder.replace(
        "texts/en.yaml",
        "\"You and {name} like each other\"",
        "\"It's ''{name}'' '{' l''{name} '}' {events, plural, one {'#'} other {'#'}}\"");
    var digest = Digests.of(folder.load()).with("match", 1, 1, "", ANNA).id("digest-1").in(EN);
    assertThat(folder.load().proofs().variant(1).push(digest).body())
        .isEqualTo("It's 'Anna' { l'Anna } #");
  }

  /// A row may choose by what the product sends, whose values nobody here knows.
  @Test
  void load_selectByAMemberOfTheData_isTaken() throws Exception {
    folder.replace(
        "texts/en.yaml",
        "row: \"Wrote to you\"",
        "row: \"{text, select, hello {Greeted you} other {Wrote to you}}\"");
    assertThat(folder.load()).isNotNull();
  }

  @Test
  void load_manyProblems_areToldAtOnce() throws IOException {
    folder.replace(RU, "Вы и {name} нравитесь", "Вы и {nmae} нравитесь");
    folder.replace(RU, "    row: \"Вы нравитесь друг другу\"\n", "");
    folder.replace(RU, "few {# человека} ", "");
    folder.replace("texts/de.yaml", "nameless: ", "nameless: [");
    folder.replace("texts/ja.yaml", "labels:\n", "lables:\n");
    folder.replace("layouts/parts/button.mjml", "<mj-column>", "<mj-colunm>");
    folder.replace("layouts/single.txt", "{% endfor %}", "{% end %}");
    folder.replace("layouts/page.html", "{% endif %}", "{% endfi %}");

    String refusal = folder.refusal();

    assertThat(refusal.lines())
        .extracting(line -> line.replaceAll(":.*", ""))
        .containsExactly(
            RU,
            RU,
            RU,
            "texts/de.yaml",
            "texts/ja.yaml",
            "layouts/parts/button.mjml",
            "layouts/single.txt",
            "layouts/page.html");
    assertThat(refusal)
        .contains("{nmae}", "types.match.row", "people.others: expected the plural forms");
  }

  @Test
  void load_moreProblemsThanAnybodyReads_areCounted() throws IOException {
    folder.replaceAll(RU, "{name}", "{nmae}");
    String refusal = folder.refusal();
    assertThat(refusal.lines()).hasSize(21).last().asString().matches("and [0-9]+ more");
  }

  @Test
  void load_manyProblemsOfTheCatalogue_areToldAtOnce() throws IOException {
    folder.replace(CATALOGUE, "urgent: true", "urgent: yes");
    folder.replace(CATALOGUE, "rows: 4", "rows: 400");
    folder.replace(CATALOGUE, "languages: [en, ru,", "languages: [en, en,");
    folder.replace(CATALOGUE, "accent: \"#4650c8\"", "accent: \"#ffcc00\"");
    assertThat(folder.refusal().lines())
        .hasSize(4)
        .anyMatch(line -> line.contains("types.match.urgent: expected true or false"))
        .anyMatch(line -> line.contains("types.favourite.rows: expected"));
  }

  @Test
  void load_languageBesideABrokenOne_isNotCalledMissing() throws IOException {
    folder.replace(CATALOGUE, "ar, ja]", "ar, ja, de-AT]");
    folder.write("texts/de-AT.yaml", "rest: de\n");
    folder.replace("texts/de.yaml", "nameless: ", "nameless: [");
    assertThat(folder.refusal().lines()).hasSize(1).allMatch(line -> line.startsWith("texts/de."));
  }

  @Test
  void load_textsOfNoLanguage_areWarnedOf() throws Exception {
    folder.write("texts/sv.yaml", "rest: en\n");
    folder.write("texts/.sv.yaml.swp", "");
    assertThat(folder.load().warnings())
        .containsExactly(
            "texts/sv.yaml: expected its language among those of catalogue.yaml, but found"
                + " [en, ru, de, pl, ar, ja]; add it to `languages`, or nobody reads the file");
    assertThat(Templates.standard().warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<mj-column>        | <mj-column><b>          | <b> that is not closed; write </b>",
        "<mj-column>        | <mj-column>&nbsp;       | &nbsp;, which XML does not know; write &#160;",
        "<mj-column>        | <mj-column>&euro;       | &euro;, which XML does not know; write",
        "<mj-column>        | <mj-column width=1>     | an attribute without its quotation marks",
        "<mj-column>        | <mj-column>a < b        | a < that begins no element; write &lt;",
        "<mj-column>        | <mj-column>a & b        | an & by itself; write &amp;",
        "<mj-column>        | <mj-column a='' a=''>   | an attribute twice",
        "<mj-column>        | <mj-column></mjml>      | <mj-column> that is not closed",
        "<mj-column>        | <mj-column><!-- a--b --> | two dashes within a comment",
      })
  void load_brokenXml_isRefusedWithTheFix(String text, String broken, String words)
      throws IOException {
    String file = "layouts/parts/button.mjml";
    folder.replace(file, text, broken);
    int line = folder.lineOf(file, broken);
    // What is not closed is noticed where its parent is.
    folder.expectRefusal(file, broken.endsWith("<b>") ? line + 2 : line, "well-formed MJML", words);
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
