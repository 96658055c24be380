package dev.whileaway.benchmarks.scale;

import java.util.List;
import java.util.Locale;

/// Small charts side by side as one SVG: sizes on a logarithmic axis, figures on a linear one that
/// begins at zero, so that a line's height is its figure.
final class Plot {

  private static final int COLUMNS = 2;
  private static final int WIDTH = 400;
  private static final int HEIGHT = 250;
  private static final int LEFT = 60;
  private static final int RIGHT = 25;
  private static final int TOP = 40;
  private static final int BOTTOM = 45;
  private static final int HEAD = 60;
  private static final int Y_TICKS = 4;

  /// Decades beside the least and the greatest size.
  private static final double X_MARGIN = 0.15;

  private static final String STYLE =
      """
      <style>
      text { font: 12px sans-serif; fill: #1c2128 }
      .title { font-size: 16px }
      .chart { font-weight: bold }
      .figure { text-anchor: end; fill: #57606a }
      .size { text-anchor: middle; fill: #57606a }
      </style>
      """;

  private static final List<Stroke> STROKES =
      List.of(new Stroke("#1a66b8", "none"), new Stroke("#c4580b", "6 4"));

  private final StringBuilder svg = new StringBuilder();

  private Plot() {}

  /// How a line is drawn, also for those who see no colours.
  private record Stroke(String colour, String dashes) {

    String attributes() {
      return "fill=\"none\" stroke-width=\"2\" stroke=\"%s\" stroke-dasharray=\"%s\""
          .formatted(colour, dashes);
    }
  }

  /// A chart.
  record Chart(String title, List<Line> lines) {}

  /// @param name the same in every chart where the line is meant to be the same
  record Line(String name, List<Dot> dots) {}

  /// @param size more than zero
  record Dot(double size, double figure) {}

  /// @param charts with as many lines each, two at most
  static String of(String title, String sizes, List<Chart> charts) {
    var plot = new Plot();
    plot.draw(title, sizes, charts);
    return plot.svg.toString();
  }

  private void draw(String title, String sizes, List<Chart> charts) {
    int rows = (charts.size() + COLUMNS - 1) / COLUMNS;
    int width = COLUMNS * WIDTH;
    int height = HEAD + rows * HEIGHT;
    add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"", width, height);
    add(" width=\"%d\" height=\"%d\">%n", width, height);
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n");
    svg.append(STYLE);
    text(LEFT, 24, "title", title);
    legend(charts.getFirst().lines());
    for (int i = 0; i < charts.size(); i++) {
      add("<g transform=\"translate(%d %d)\">%n", i % COLUMNS * WIDTH, HEAD + i / COLUMNS * HEIGHT);
      draw(charts.get(i), sizes);
      add("</g>%n");
    }
    add("</svg>%n");
  }

  private void legend(List<Line> lines) {
    for (int i = 0; i < lines.size(); i++) {
      int x = LEFT + i * 240;
      add("<path d=\"M%d 42h30\" %s/>%n", x, STROKES.get(i).attributes());
      text(x + 38, 46, "legend", lines.get(i).name());
    }
  }

  private void draw(Chart chart, String sizes) {
    var frame = Frame.around(chart);
    text(LEFT, TOP - 14, "chart", chart.title());
    for (int i = 0; i <= Y_TICKS; i++) {
      double figure = frame.top() * i / Y_TICKS;
      double y = frame.y(figure);
      add("<path d=\"M%d %.1fH%d\" stroke=\"#d8dee4\"/>%n", LEFT, y, WIDTH - RIGHT);
      text(LEFT - 8, y + 4, "figure", figure(figure));
    }
    for (double size : frame.sizes()) {
      double x = frame.x(size);
      add("<path d=\"M%.1f %dv5\" stroke=\"#57606a\"/>%n", x, HEIGHT - BOTTOM);
      text(x, HEIGHT - BOTTOM + 18, "size", figure(size));
    }
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "size", sizes);
    for (int i = 0; i < chart.lines().size(); i++) {
      draw(chart.lines().get(i), STROKES.get(i), frame);
    }
  }

  private void draw(Line line, Stroke stroke, Frame frame) {
    add("<polyline %s points=\"", stroke.attributes());
    for (Dot dot : line.dots()) {
      add("%.1f,%.1f ", frame.x(dot.size()), frame.y(dot.figure()));
    }
    add("\"/>%n");
    for (Dot dot : line.dots()) {
      double x = frame.x(dot.size());
      double y = frame.y(dot.figure());
      add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\">", x, y, stroke.colour());
      add("<title>%s</title></circle>%n", figure(dot.figure()));
    }
  }

  private void text(double x, double y, String kind, String words) {
    add("<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", x, y, kind);
    svg.append(words.replace("&", "&amp;").replace("<", "&lt;"));
    add("</text>%n");
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of ours
  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  /// 250, 1.5 k, 10 M.
  static String figure(double value) {
    if (value >= 1e6) {
      return shortest(value / 1e6) + " M";
    }
    return value >= 1e4 ? shortest(value / 1e3) + " k" : shortest(value);
  }

  private static String shortest(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
  }

  /// Where things lie in a chart.
  ///
  /// @param sizes ascending
  /// @param top the figure at the upper end
  private record Frame(List<Double> sizes, double top) {

    static Frame around(Chart chart) {
      var dots = chart.lines().stream().flatMap(line -> line.dots().stream()).toList();
      double greatest = dots.stream().mapToDouble(Dot::figure).max().orElse(1);
      return new Frame(
          dots.stream().map(Dot::size).distinct().sorted().toList(), roundUp(greatest));
    }

    /// To a figure that its ticks divide well.
    private static double roundUp(double figure) {
      double decade = Math.pow(10, Math.floor(Math.log10(figure)));
      for (double step : new double[] {1, 2, 4, 6, 8}) {
        if (step * decade >= figure) {
          return step * decade;
        }
      }
      return 10 * decade;
    }

    double x(double size) {
      double from = Math.log10(sizes.getFirst()) - X_MARGIN;
      double to = Math.log10(sizes.getLast()) + X_MARGIN;
      return LEFT + (Math.log10(size) - from) / (to - from) * (WIDTH - RIGHT - LEFT);
    }

    double y(double figure) {
      return HEIGHT - BOTTOM - figure / top * (HEIGHT - BOTTOM - TOP);
    }
  }
}
