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
    "{{",
    "}}",
    "{{ product.name }}",
    "{%",
    "%}",
    "{# ",
    "${7*7}",
    "{name}",
    "{events, plural, other {#}}",
    "'",
    "''",
    "'{",
    "`",
    "&",
    "&lt;",
    "&#60;",
    "/",
    "=",
    "<script",
    "</script>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</a></td></table>",
    "</title></style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<mj-raw>",
    "<mj-include path=\"parts/head.mjml\"/>",
    "javascript:alert(1)",
    "JaVaScRiPt:",
    "java\nscript:",
    "data:text/html,<script>",
    "vbscript:",
    "//evil.org",
    "https://evil.org/",
    "\" onload=\"alert(1)",
    "' onmouseover='alert(1)",
    "style=\"background:url(javascript:1)\"",
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
