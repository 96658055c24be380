package dev.whileaway.aggregator.edge.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.whileaway.aggregator.edge.Health;

/// `/health`: 200 when this node serves, else 503; with words for the one who looks.
final class HealthPage {

  private HealthPage() {}

  static HttpResponse of(Health.Finding finding) {
    HttpStatus status = finding.serves() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
    String words = new String(JsonStringEncoder.getInstance().quoteAsString(finding.words()));
    String json = "{\"serves\":" + finding.serves() + ",\"words\":\"" + words + "\"}\n";
    return HttpResponse.of(status, MediaType.JSON_UTF_8, json);
  }
}
