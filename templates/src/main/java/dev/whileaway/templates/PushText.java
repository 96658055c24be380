package dev.whileaway.templates;

/// A push as a phone shows it.
///
/// @param title for platforms that show title and body (Android)
/// @param body goes with `title`
/// @param longBody for platforms that show one body (iOS)
/// @param link what a tap opens; empty: the app
/// @param badge events that wait
public record PushText(String title, String body, String longBody, String link, int badge) {}
