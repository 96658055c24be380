package dev.whileaway.worker.deliver.push;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.ResponseHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// How long a provider asks to be left alone (Retry-After, RFC 9110 section 10.2.3).
public final class RetryDelay {

  private static final Duration MAX = Duration.ofHours(1);

  private RetryDelay() {}

  /// @param otherwise where nothing is asked
  public static Duration of(ResponseHeaders headers, Duration otherwise) {
    var value = headers.get(HttpHeaderNames.RETRY_AFTER, "").strip();
    if (value.isEmpty()) {
      return otherwise;
    }
    var delay =
        value.chars().allMatch(Character::isDigit)
            ? seconds(value)
            : until(value, headers, otherwise);
    return delay.compareTo(MAX) > 0 ? MAX : delay;
  }

  private static Duration seconds(String digits) {
    return digits.length() > 6 ? MAX : Duration.ofSeconds(Long.parseLong(digits));
  }

  /// A date is taken against the server's own clock, which it sends along: ours may be another.
  private static Duration until(String date, ResponseHeaders headers, Duration otherwise) {
    try {
      var until = Duration.between(parse(headers.get(HttpHeaderNames.DATE, "")), parse(date));
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  private static ZonedDateTime parse(String date) {
    return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
