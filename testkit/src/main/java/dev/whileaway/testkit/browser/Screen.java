package dev.whileaway.testkit.browser;

/// What a page is shown on.
///
/// @param width in CSS pixels
/// @param dark whether the reader prefers dark colours
public record Screen(int width, boolean dark) {

  /// Such as `320-dark`, for the name of a picture.
  public String name() {
    return width + (dark ? "-dark" : "-light");
  }
}
