package dev.whileaway.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

class MessageTest {

  private static final Pattern PLURAL = Pattern.compile("\\{([a-z_]+), plural");
  private static final Pattern ARGUMENT = Pattern.compile("\\{([a-z_]+)[,}]");

  // TRAPS 45: our messages may be shared by threads; ICU's own say what they must read.
  @ParameterizedTest
  @ValueSource(strings = {"en", "ru", "de", "pl", "ar", "ja"})
  void format_everyTextAtManyCounts_readsAsByIcu(String language) throws Exception {
    Locale locale = Locale.forLanguageTag(language);
    var compiler = new MessageCompiler(locale);
    for (YamlNode text : texts(language)) {
      String pattern = text.text();
      Set<String> counts = names(PLURAL, pattern);
      Set<String> words = names(ARGUMENT, pattern);
      words.removeAll(counts);
      // Whatever is selected by is a member that the product chooses, so that any case may come.
      Message message = compiler.compile(text, Placeholders.of(counts, Set.of(), words));
      var icu = new MessageFormat(pattern, locale);
      // No thousands: Polish writes 1001 and 10 001, which ICU's own messages do not know.
      for (long count :
          new long[] {0, 1, 2, 3, 5, 11, 21, 22, 25, 100, 101, 102, 10_001, 1_000_000}) {
        for (String word : new String[] {"female", "male", "unknown", "yes", "Анна {0} '#'"}) {
          Map<String, Object> arguments = new HashMap<>();
          counts.forEach(name -> arguments.put(name, count));
          words.forEach(name -> arguments.put(name, word));
          assertThat(message.format(arguments, compiler.numbers()))
              .isEqualTo(icu.format(arguments));
        }
      }
    }
  }

  private static Set<String> names(Pattern pattern, String text) {
    var names = new TreeSet<String>();
    pattern.matcher(text).results().forEach(found -> names.add(found.group(1)));
    return names;
  }

  private static Set<YamlNode> texts(String language) throws IOException, TemplateException {
    String file = "texts/" + language + ".yaml";
    String content = Files.readString(TemplatesFolder.STANDARD.resolve(file));
    var texts = new HashSet<YamlNode>();
    collect(YamlNode.parse(file, content).node(), file, texts);
    assertThat(texts).hasSizeGreaterThan(100);
    return texts;
  }

  private static void collect(Node node, String file, Set<YamlNode> texts) {
    switch (node) {
      case MappingNode map -> map.getValue().forEach(e -> collect(e.getValueNode(), file, texts));
      case SequenceNode list -> list.getValue().forEach(entry -> collect(entry, file, texts));
      case ScalarNode scalar -> texts.add(new YamlNode(file, "", scalar));
      default -> throw new AssertionError(node);
    }
  }
}
