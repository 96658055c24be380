package dev.whileaway.worker.deliver.mail;

import java.util.Random;

/// What strangers might write to break a mail.
final class HostileWords {

  private static final String[] PIECES = {
    "\r\n",
    "\n",
    "\r",
    "\0",
    "\r\n ",
    "\u0085",
    "\u2028",
    "\u000b",
    "\u007f",
    "Bcc: evil@evil.org",
    "Subject: hijacked",
    "\r\n\r\n<html>",
    ".\r\n",
    "=?utf-8?B?DQpCY2M6IGV2aWxAZXZpbC5vcmc=?=",
    "\"",
    "\\",
    "<",
    ">",
    ",",
    ";",
    ":",
    "@",
    "(",
    ")",
    "Анна",
    "🎉",
    "\ud83c",
    "مرحبا",
    "\u202e",
    "日本語",
    "a",
    " ",
    "\t",
    "%s",
    "x".repeat(120)
  };

  private HostileWords() {}

  static String of(Random random) {
    var words = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      words.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return words.toString();
  }
}
