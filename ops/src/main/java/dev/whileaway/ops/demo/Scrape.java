package dev.whileaway.ops.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One reading of a server's `/metrics`, in Prometheus' text format.
public record Scrape(List<Sample> samples) {

  private static final Pattern LINE = Pattern.compile("([a-zA-Z_:]+)(\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// One line.
  public record Sample(String name, Map<String, String> labels, double value) {}

  public static Scrape of(HttpClient http, String server) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server + "/metrics"))
            .timeout(PATIENCE)
            .build();
    return parse(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  static Scrape parse(String text) {
    var samples = new ArrayList<Sample>();
    for (String line : text.split("\n")) {
      Matcher parts = LINE.matcher(line);
      if (!line.startsWith("#") && parts.matches()) {
        samples.add(new Sample(parts.group(1), labels(parts.group(3)), number(parts.group(4))));
      }
    }
    return new Scrape(samples);
  }

  private static double number(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  @SuppressWarnings("NullAway") // A group that did not match is null; the pattern allows it.
  private static Map<String, String> labels(String text) {
    var labels = new TreeMap<String, String>();
    if (text != null) {
      Matcher label = LABEL.matcher(text);
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    return labels;
  }

  /// What was counted after an earlier reading of the same server.
  public Scrape since(Scrape earlier) {
    Map<List<?>, Double> before = new HashMap<>();
    earlier.samples.forEach(one -> before.put(List.of(one.name(), one.labels()), one.value()));
    return new Scrape(
        samples.stream()
            .map(one ->
                new Sample(
                    one.name(),
                    one.labels(),
                    one.value() - before.getOrDefault(List.of(one.name(), one.labels()), 0.0)))
            .toList());
  }

  /// The sum over all samples of a name that carry these labels.
  public double sum(String name, Map<String, String> labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
        .mapToDouble(Sample::value)
        .sum();
  }

  /// A quantile of a histogram, over all its labels; between two bounds, straight between them. 0
  /// if nothing was recorded.
  public double quantile(String name, double quantile) {
    var buckets = new TreeMap<Double, Double>();
    for (Sample sample : samples) {
      String bound = sample.labels().get("le");
      if (sample.name().equals(name + "_bucket") && bound != null) {
        buckets.merge(number(bound), sample.value(), Double::sum);
      }
    }
    double wanted = quantile * (buckets.isEmpty() ? 0 : buckets.lastEntry().getValue());
    double lowerBound = 0;
    double lowerCount = 0;
    for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
      if (bucket.getValue() >= wanted && bucket.getValue() > lowerCount) {
        double share = (wanted - lowerCount) / (bucket.getValue() - lowerCount);
        double bound = bucket.getKey();
        return Double.isInfinite(bound) ? lowerBound : lowerBound + share * (bound - lowerBound);
      }
      lowerBound = bucket.getKey();
      lowerCount = bucket.getValue();
    }
    return 0;
  }
}
