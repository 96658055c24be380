package dev.whileaway.worker.client;

import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.v1.GetSuppressionRequest;
import dev.whileaway.v1.SuppressRequest;
import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.Suppression;
import dev.whileaway.v1.SuppressionReason;
import dev.whileaway.v1.SuppressionServiceGrpc;
import dev.whileaway.v1.SuppressionServiceGrpc.SuppressionServiceBlockingStub;
import dev.whileaway.worker.deliver.mail.Suppressions;
import dev.whileaway.worker.pipeline.LedgerText;
import io.grpc.Channel;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// The suppression list, at the daemon's SuppressionService. Nothing is repeated here: a mail that
/// cannot be checked goes back to the shard, and a bounce to the mail server that brought it.
public final class SuppressionClient implements Suppressions {

  private static final String REASON = "SUPPRESSION_REASON_";

  private final SuppressionServiceBlockingStub api;

  public SuppressionClient(Channel daemon) {
    api = SuppressionServiceGrpc.newBlockingStub(daemon);
  }

  @Override
  public Optional<String> why(String address) {
    var named = SuppressedAddress.newBuilder().setPrint(AddressPrint.of(address).hex());
    var answer =
        Calls.bounded(api)
            .getSuppression(GetSuppressionRequest.newBuilder().setAddress(named).build());
    return answer.hasSuppression() ? Optional.of(words(answer.getSuppression())) : Optional.empty();
  }

  @Override
  public void add(SuppressedAddress address, SuppressionReason reason, String detail) {
    var request =
        SuppressRequest.newBuilder()
            .setAddress(address)
            .setReason(reason)
            .setDetail(LedgerText.clip(detail))
            .build();
    var _ = Calls.bounded(api).suppress(request);
  }

  private static String words(Suppression suppression) {
    var reason = suppression.getReason().name().substring(REASON.length());
    return "%s at %s%s"
        .formatted(
            reason.toLowerCase(Locale.ROOT),
            Instant.ofEpochSecond(suppression.getAt().getSeconds()),
            suppression.getDetail().isEmpty() ? "" : ": " + suppression.getDetail());
  }
}
