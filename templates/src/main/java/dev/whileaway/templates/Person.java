package dev.whileaway.templates;

/// A user as a digest shows one.
///
/// @param name empty: a word such as "Someone" in the digest's language stands in
/// @param pictureUrl empty: initials stand in
public record Person(String id, String name, String pictureUrl, Gender gender) {

  /// For languages whose verbs agree with it.
  public enum Gender {
    UNKNOWN,
    FEMALE,
    MALE
  }
}
