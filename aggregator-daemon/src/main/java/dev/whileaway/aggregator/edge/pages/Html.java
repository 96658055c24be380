package dev.whileaway.aggregator.edge.pages;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;

/// Answers that browsers show.
final class Html {

  private Html() {}

  /// The address is a secret of its user: it goes neither into caches nor to the next page.
  static HttpResponse of(HttpStatus status, String page) {
    var headers =
        ResponseHeaders.builder(status)
            .contentType(MediaType.HTML_UTF_8)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
            .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            .set(
                HttpHeaderNames.CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'")
            .build();
    return HttpResponse.of(headers, HttpData.ofUtf8(page));
  }
}
