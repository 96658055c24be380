package dev.whileaway.worker.deliver.mail;

import java.util.regex.Pattern;

/// A server's answer (RFC 5321 section 4.2).
///
/// @param status the enhanced status (RFC 3463) such as `5.1.1`; empty: none was given
/// @param text what follows code and status, on one line
record SmtpReply(int code, String status, String text) {

  private static final Pattern ENHANCED = Pattern.compile("^([245]\\.\\d{1,3}\\.\\d{1,3})\\s*");
  private static final Pattern CODES =
      Pattern.compile("(?m)^\\d{3}[- ]?([245]\\.\\d{1,3}\\.\\d{1,3}\\s+)?");

  /// @param response all lines of the answer, codes included
  static SmtpReply parse(int code, String response) {
    var first = response.length() > 4 ? response.substring(4) : "";
    var enhanced = ENHANCED.matcher(first);
    return new SmtpReply(
        code,
        enhanced.find() ? enhanced.group(1) : "",
        HeaderText.oneLine(CODES.matcher(response).replaceAll("")));
  }

  boolean accepted() {
    return code / 100 == 2;
  }

  boolean temporary() {
    return code / 100 == 4;
  }

  /// For people: `550 5.1.1 No such user`.
  String words() {
    return (code + " " + status).strip() + (text.isEmpty() ? "" : " " + text);
  }
}
