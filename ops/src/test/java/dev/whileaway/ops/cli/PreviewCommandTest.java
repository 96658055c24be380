package dev.whileaway.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.ops.StandardTemplates;
import dev.whileaway.testkit.browser.Browser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class PreviewCommandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void preview_oneSample_isPrinted() {
    assertThat(run("--sample", "single-visit", "--locale", "ru")).isZero();
    assertThat(out.toString())
        .containsSubsequence(
            "--- single-visit.push.json",
            "\"long_body\"",
            "--- single-visit.mail.html",
            "<html lang=\"ru\"",
            "--- single-visit.mail.txt",
            "Subject: ");
  }

  @Test
  void preview_intoAFolder_hasEachFace_andPicturesOrAReasonWhyNot() throws IOException {
    Path folder = temp.resolve("out");
    int answer =
        run(
            "--sample",
            "grouped",
            "--locale",
            "ar",
            "--width",
            "320,600",
            "--scheme",
            "light,dark",
            "--out",
            folder.toString());
    assertThat(answer).as(err.toString()).isZero();
    assertThat(folder.resolve("grouped.push.json")).content().contains("\"badge\" : 20");
    assertThat(folder.resolve("grouped.push.html"))
        .content()
        .contains("dir=\"rtl\"", "iPhone", "في غيابك");
    assertThat(folder.resolve("grouped.mail.html")).content().contains("dir=\"rtl\"");
    assertThat(folder.resolve("grouped.mail.txt")).content().startsWith("Subject: ");

    if (Browser.find(System.getenv()).isEmpty()) {
      assertThat(out.toString()).contains("no pictures: expected Chromium or Chrome");
      return;
    }
    for (int width : new int[] {320, 600}) {
      BufferedImage light = picture(folder, "grouped.mail-" + width + "-light.png");
      BufferedImage dark = picture(folder, "grouped.mail-" + width + "-dark.png");
      assertThat(light.getWidth()).isEqualTo(width);
      assertThat(dark.getHeight()).isEqualTo(light.getHeight()).isGreaterThan(800);
      assertThat(light.getRGB(2, 2) & 0xFF).isGreaterThan(0xE0);
      assertThat(dark.getRGB(2, 2) & 0xFF).isLessThan(0x20);
    }
    assertThat(picture(folder, "grouped.push-400-dark.png").getWidth()).isEqualTo(400);
  }

  // The texts are English where a language has none: so is the phone.
  @Test
  void preview_languageWithoutTexts_isDrawnAsTheOneThatIsShown() throws IOException {
    Path folder = temp.resolve("out");
    assertThat(run("--sample", "preferences", "--locale", "he", "--out", folder.toString()))
        .isZero();
    assertThat(
            run(
                "--template",
                "push",
                "--sample",
                "single-visit",
                "--locale",
                "he",
                "--out",
                folder.toString()))
        .isZero();
    assertThat(folder.resolve("single-visit.push.html"))
        .content()
        .contains("looked at your profile", "<html lang=\"en\" dir=\"ltr\"");
    assertThat(folder.resolve("preferences.page.html")).content().contains("lang=\"en\"");
  }

  @Test
  void preview_variants_areShownByNumber_andOthersRefused() {
    assertThat(run("--template", "push", "--sample", "match-from-one", "--variant", "2,1"))
        .isZero();
    assertThat(out.toString())
        .containsSubsequence(
            "--- match-from-one-2.push.json",
            "likes you too. Say hello?",
            "--- match-from-one-1.push.json",
            "You and ");
    assertThat(run("--variant", "3")).isEqualTo(ShellCommand.BAD_INPUT);
    assertThat(err.toString()).contains("--variant: expected 1 to 2").contains("but found 3");
  }

  @Test
  void preview_brokenTemplates_tellsEachProblemOnItsLine() throws IOException {
    StandardTemplates standard = StandardTemplates.copyTo(temp.resolve("templates"));
    standard.edit("{name} looked at your profile", "{nmae} looked at your profile");
    Files.writeString(standard.folder().resolve("texts/sv.yaml"), "rest: en\n");

    assertThat(run("--templates", standard.folder().toString())).isEqualTo(ShellCommand.BAD_INPUT);
    assertThat(err.toString().lines())
        .hasSizeGreaterThan(3)
        .allMatch(line -> line.contains("texts/en.yaml:") && line.contains("{nmae}"));

    standard.edit("{nmae} looked at your profile", "{name} looked at your profile");
    assertThat(run("--templates", standard.folder().toString())).isZero();
    assertThat(err.toString()).contains("texts/sv.yaml: expected its language among those");
  }

  /// What is misspelt would be left out without a word.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'recipent': {}}      | the digest: expected one of the keys recipient, groups, zone, but found \"recipent\"; did you mean recipient?",
        "{'groups': [{'item': []}]} | groups[0]: expected one of the keys type, events, senders, items, but found \"item\"; did you mean items?",
        "{'groups': [{'type': 'visit', 'items': [{'sendr': {}}]}]} | groups[0].items[0]: expected one of the keys sender, data, at, but found \"sendr\"; did you mean sender?",
        "{'groups': [{'type': 'visit', 'items': [{'sender': {'nam': 'x'}}]}]} | groups[0].items[0].sender: expected one of the keys id, name, gender, picture, but found \"nam\"; did you mean name?",
        "{'recipient': {'gender': 'femal'}, 'groups': [{'type': 'visit', 'items': [{}]}]} | recipient.gender: expected female, male or unknown, but found femal",
        "[]                    | the digest: expected an object with recipient, groups, zone, but found []",
      })
  void preview_dataWithAMisspeltKey_isRefusedWithTheNearest(String json, String words)
      throws IOException {
    Path data = temp.resolve("digest.json");
    Files.writeString(data, json.replace('\'', '"'));
    assertThat(run("--data", data.toString())).isEqualTo(ShellCommand.BAD_INPUT);
    assertThat(err.toString()).contains(words);
  }

  @Test
  void preview_pushOfAStranger_isEscapedOnThePhone() throws IOException {
    Path data = temp.resolve("digest.json");
    Files.writeString(
        data,
        """
        {"recipient": {"name": "Mary"}, "groups": [{"type": "message", "items": [
          {"sender": {"name": "<b>Tom</b>"}, "data": "{{title}} $1 \\u0026 <script>x</script>"}]}]}
        """);
    Path folder = temp.resolve("out");
    assertThat(run("--template", "push", "--data", data.toString(), "--out", folder.toString()))
        .as(err.toString())
        .isZero();
    assertThat(folder.resolve("digest.push.html"))
        .content()
        .contains("&lt;b&gt;Tom&lt;/b&gt;", "{{title}} $1 &amp; &lt;script&gt;")
        .doesNotContain("<script", "<b>Tom");
  }

  @Test
  void watch_rendersAgainWithEachEdit_andSaysWhatIsBroken() throws Exception {
    Path templates = temp.resolve("templates");
    StandardTemplates standard = StandardTemplates.copyTo(templates);
    Path text = temp.resolve("out/single-visit.mail.txt");
    Thread watching =
        Thread.ofPlatform()
            .start(() ->
                run(
                    "--template",
                    "mail",
                    "--sample",
                    "single-visit",
                    "--templates",
                    templates.toString(),
                    "--out",
                    temp.resolve("out").toString(),
                    "--watch"));
    try {
      await().atMost(PATIENCE).until(() -> out.toString().contains("watching"));
      assertThat(text).content().contains("looked at your profile");

      standard.edit("{name} looked at your profile", "{name} was curious");
      await().atMost(PATIENCE).until(() -> Files.readString(text).contains("was curious"));

      standard.edit("{name} was curious", "{nmae} was curious");
      await().atMost(PATIENCE).until(() -> out.toString().contains("texts/en.yaml:"));
      assertThat(out.toString()).contains("{nmae}");

      standard.edit("{nmae} was curious", "{name} is back");
      await().atMost(PATIENCE).until(() -> Files.readString(text).contains("is back"));
    } finally {
      watching.interrupt();
      watching.join();
    }
  }

  private static BufferedImage picture(Path folder, String name) throws IOException {
    return ImageIO.read(folder.resolve(name).toFile());
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "preview";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Whileaway.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
