package dev.whileaway.ops.config;

import static dev.whileaway.ops.config.ConfigurationException.expected;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads settings: the command line wins over the environment, the environment over the file, the
/// file over the defaults. What is not known is refused.
public final class ConfigurationLoader {

  /// Variables that are no keys: they are the clients' and the launcher's.
  private static final Set<String> OTHER_VARIABLES =
      Set.of("WHILEAWAY_KEY", "WHILEAWAY_SERVER", "WHILEAWAY_TLS_CA", "WHILEAWAY_JAVA_OPTS");

  private static final Pattern BROKEN_VALUE =
      Pattern.compile(
          "config property whileaway\\.(?<key>\\S+) with the config value (?<value>.*)"
              + " threw an Exception whilst being converted (?<why>.*)");

  private static final Pattern MISSING_VALUE =
      Pattern.compile("config property whileaway\\.(?<key>\\S+) is required");

  private static final Pattern CHOICE = Pattern.compile("allowed values: (?<words>.*)");

  /// Above the library's own converters.
  private static final int PRIORITY = 200;

  private final KnownKeys known = new KnownKeys();
  private final Map<String, String> environment;

  public ConfigurationLoader(Map<String, String> environment) {
    this.environment =
        environment.entrySet().stream()
            .filter(variable -> variable.getKey().startsWith("WHILEAWAY_"))
            .filter(variable -> !OTHER_VARIABLES.contains(variable.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// @param commandLine keys and values that flags set
  public Settings load(Optional<Path> file, Map<String, String> commandLine)
      throws ConfigurationException {
    return load(
        file.isPresent() ? ConfigurationFile.read(file.get()) : ConfigurationFile.none(),
        commandLine);
  }

  /// What a file says of telling; the rest of it is checked too, and not heeded.
  public PolicySettings loadPolicy(Path file) throws ConfigurationException {
    return load(ConfigurationFile.read(file), Map.of(), SettingsMapping::policySettings);
  }

  Settings load(ConfigurationFile file, Map<String, String> commandLine)
      throws ConfigurationException {
    return load(file, commandLine, SettingsMapping::settings);
  }

  private <T> T load(ConfigurationFile file, Map<String, String> commandLine, Part<T> part)
      throws ConfigurationException {
    refuseUnknown(file);
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(prefixed(file.values()), "file", 100),
                new EnvConfigSource(environment, 300),
                new PropertiesConfigSource(prefixed(commandLine), "command line", 400))
            .withConverter(Boolean.class, PRIORITY, new Values.YesNo())
            .withConverter(Double.class, PRIORITY, new Values.Speed())
            .withConverter(Duration.class, PRIORITY, new Values.Span())
            .withConverter(Instant.class, PRIORITY, new Values.Start())
            .withConverter(LocalTime.class, PRIORITY, new Values.Hour())
            .withConverter(URI.class, PRIORITY, new Values.WebAddress())
            .withMapping(Configuration.class);
    try {
      SmallRyeConfig config = builder.build();
      return part.of(new SettingsMapping(config.getConfigMapping(Configuration.class)));
    } catch (ConfigValidationException e) {
      throw refusal(e, file, commandLine);
    } catch (ConfigurationException e) {
      throw e.at(place(e.key(), file, commandLine));
    } catch (IllegalArgumentException e) {
      // A rule of the records themselves; they name the key.
      throw new ConfigurationException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  /// What is wanted of the settings.
  private interface Part<T> {
    T of(SettingsMapping mapping) throws ConfigurationException;
  }

  private void refuseUnknown(ConfigurationFile file) throws ConfigurationException {
    for (String key : file.values().keySet()) {
      if (known.isGroup(key)) {
        throw expected(key, "keys or a list below it", "a value").at(file.place(key));
      }
      if (!known.contains(key)) {
        throw unknown(key, known.nearest(key)).at(file.place(key));
      }
    }
    for (String variable : environment.keySet()) {
      if (!known.containsVariable(variable)) {
        throw unknown(variable, known.nearestVariable(variable)).at("environment: ");
      }
    }
  }

  private static ConfigurationException unknown(String key, String nearest) {
    return expected(key, "a known key, such as " + nearest, "an unknown one");
  }

  /// The first problem, in our words. The library gives its text alone, so the key, the value and
  /// what our converter expected are read out of it.
  private ConfigurationException refusal(
      ConfigValidationException e, ConfigurationFile file, Map<String, String> commandLine) {
    String problem = e.getProblem(0).getMessage();
    Matcher broken = BROKEN_VALUE.matcher(problem);
    if (broken.find()) {
      return expected(broken.group("key"), expectation(broken.group("why")), broken.group("value"))
          .at(place(broken.group("key"), file, commandLine));
    }
    Matcher missing = MISSING_VALUE.matcher(problem);
    if (missing.find()) {
      String key = missing.group("key");
      return expected(key, "a value", "none").at(place(key, file, commandLine));
    }
    return new ConfigurationException("configuration: " + problem);
  }

  private static String expectation(String why) {
    Matcher choice = CHOICE.matcher(why);
    return choice.find() ? "one of " + choice.group("words").replace(",", ", ") : why;
  }

  private String place(String key, ConfigurationFile file, Map<String, String> commandLine) {
    if (commandLine.containsKey(key)) {
      return "command line: ";
    }
    for (String variable : environment.keySet()) {
      if (variable.equals(KnownKeys.variable(key))) {
        return "environment: ";
      }
    }
    return file.place(key);
  }

  private static Map<String, String> prefixed(Map<String, String> values) {
    return values.entrySet().stream()
        .collect(Collectors.toMap(e -> KnownKeys.PREFIX + e.getKey(), Map.Entry::getValue));
  }
}
