package dev.whileaway.worker.plan;

import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.Reason;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Reservation.Refused.Cause;
import dev.whileaway.worker.plan.Policy.OnUnknown;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides how a lease is answered once its sends have ended. Pure, as [Planner] is.
///
/// Every failure ends: what is refused for ever, or breaks too often, is a dead letter or gives way
/// to the next step of the ladder. What a provider cannot take now is held until it can, or until
/// the events expire in the shard; see [Backoff].
public final class Settlement {

  /// @param outcomes of a push one for each device, in order; of an e-mail one
  /// @param attempts those made before this one, see [Due#attempts]
  public static Plan.Answer of(
      Plan.Tell tell, List<Outcome> outcomes, int attempts, Policy policy) {
    if (outcomes.isEmpty()) {
      throw new IllegalStateException(
          "expected an outcome of " + tell.words() + ", but found none");
    }
    if (outcomes.stream().anyMatch(outcome -> taken(outcome, policy))) {
      return told(tell, policy);
    }
    String words = tell.words() + ": " + OutcomeWords.of(outcomes);
    List<Outcome> worthRepeating = outcomes.stream().filter(Settlement::worthRepeating).toList();
    if (worthRepeating.isEmpty()) {
      return outcomes.stream().allMatch(Outcome.Unregistered.class::isInstance)
          ? gone(tell, words)
          : refused(tell, words);
    }
    if (givenUp(tell, worthRepeating, attempts + 1, policy)) {
      return refused(tell, words + "; given up after " + Words.count(attempts + 1, "attempt"));
    }
    return held(tell, worthRepeating, attempts, policy, words);
  }

  private static Plan.Answer held(
      Plan.Tell tell, List<Outcome> outcomes, int attempts, Policy policy, String words) {
    return new Plan.Cancel(
        policy.backoff().delay(attempts, longestAsked(outcomes), tell.digest().digestId()),
        Set.of(),
        Reason.REASON_PROVIDER_BUSY,
        words);
  }

  /// There was no place on the way, so nothing was begun. A digest waits for room as long as it
  /// takes, and that is no try; a provider that is banned sends it on to the next step, or to its
  /// end if the app is of low importance.
  ///
  /// @param refusals at least one
  public static Plan.Answer unsent(
      Plan.Tell tell, List<Refused> refusals, int attempts, Policy policy) {
    List<Outcome> outcomes = refusals.stream().map(Refused::outcome).toList();
    String words = tell.words() + ": " + OutcomeWords.details(outcomes);
    Set<Cause> causes = refusals.stream().map(Refused::cause).collect(Collectors.toSet());
    if (causes.contains(Cause.FULL)) {
      // A route has spread its own already. For one that is banned nobody waits.
      List<Outcome> full =
          refusals.stream()
              .filter(refused -> refused.cause() == Cause.FULL)
              .map(Refused::outcome)
              .toList();
      return new Plan.Cancel(longestAsked(full), Set.of(), Reason.REASON_CHANNEL_BUSY, words);
    }
    if (causes.contains(Cause.DROPPED)
        && Set.of(Cause.DROPPED, Cause.IMPOSSIBLE).containsAll(causes)) {
      return new Plan.Confirm(Reason.REASON_DROPPED, words);
    }
    if (!causes.contains(Cause.BANNED)) {
      return of(tell, outcomes, attempts, policy);
    }
    boolean mailFollows =
        tell instanceof Plan.TellByPush push && push.next() == Plan.NextStep.EMAIL;
    return mailFollows ? refused(tell, words) : held(tell, outcomes, attempts, policy, words);
  }

  /// What broke before anything was sent: tried again, since templates get mended, and at last a
  /// dead letter.
  public static Plan.Answer failed(Due due, String problem, Policy policy) {
    if (due.attempts() + 1 >= Backoff.ATTEMPTS_MAX) {
      return new Plan.Confirm(Reason.REASON_FAILED, "dead letter: " + problem);
    }
    Duration delay = policy.backoff().delay(due.attempts(), Duration.ZERO, due.user());
    return new Plan.Cancel(delay, Set.of(), Reason.REASON_FAILED, problem);
  }

  /// The user went on clearing while the digest was made, again and again: later.
  public static Plan.Answer unsettled(Due due, Policy policy) {
    return new Plan.Cancel(
        policy.backoff().delay(due.attempts(), Duration.ZERO, due.user()),
        Set.of(),
        Reason.REASON_WORKER_STOPPED,
        "the backlog changed each time that its digest was made");
  }

  /// The worker stops: another may take it at once.
  public static Plan.Answer stopped() {
    return new Plan.Cancel(
        Duration.ZERO, Set.of(), Reason.REASON_WORKER_STOPPED, "the worker stops");
  }

  /// Whether it is to be treated as told. One device that has it is enough: a second push to it
  /// would be worse than none to the others.
  private static boolean taken(Outcome outcome, Policy policy) {
    return switch (outcome) {
      case Outcome.Accepted _ -> true;
      case Outcome.Unknown _ -> policy.onUnknown() == OnUnknown.PRESUME;
      case Outcome.Unregistered _, Outcome.Rejected _, Outcome.RetryAfter _ -> false;
    };
  }

  /// What was sent stands in the ledger beside the answer; what it left out does not.
  private static Plan.Answer told(Plan.Tell tell, Policy policy) {
    return switch (tell) {
      case Plan.TellByPush _ ->
          new Plan.Cancel(policy.escalation(), pushSent(), Reason.REASON_SENT, tell.leftOut());
      case Plan.TellByMail _ -> new Plan.Confirm(Reason.REASON_SENT, tell.leftOut());
    };
  }

  /// A push that no device can take gives way to the e-mail at once. If there is no address, the
  /// next look at the backlog ends it.
  private static Plan.Answer refused(Plan.Tell tell, String words) {
    return switch (tell) {
      case Plan.TellByPush _ ->
          new Plan.Cancel(Duration.ZERO, pushSent(), Reason.REASON_FAILED, words);
      case Plan.TellByMail _ -> new Plan.Confirm(Reason.REASON_FAILED, "dead letter: " + words);
    };
  }

  /// Nobody is there any more. For an e-mail that is expected, and nothing that an operator mends.
  private static Plan.Answer gone(Plan.Tell tell, String words) {
    return switch (tell) {
      case Plan.TellByPush _ -> refused(tell, words);
      case Plan.TellByMail _ -> new Plan.Confirm(Reason.REASON_SUPPRESSED, words);
    };
  }

  private static Set<BacklogFlag> pushSent() {
    return Set.of(BacklogFlag.BACKLOG_FLAG_PUSH_SENT);
  }

  /// An Unknown comes here only under a policy that wants it sent again.
  private static boolean worthRepeating(Outcome outcome) {
    return switch (outcome) {
      case Outcome.RetryAfter _, Outcome.Unknown _ -> true;
      case Outcome.Accepted _, Outcome.Unregistered _, Outcome.Rejected _ -> false;
    };
  }

  /// A push gives way to the e-mail where its waits would add up to the escalation. Else a provider
  /// that is away or busy uses no digest up. One that takes and never answers may have delivered
  /// each time, so that has a limit.
  private static boolean givenUp(
      Plan.Tell tell, List<Outcome> worthRepeating, int attempts, Policy policy) {
    return switch (tell) {
      case Plan.TellByPush push when push.next() == Plan.NextStep.EMAIL ->
          attempts >= policy.attemptsBeforeMail()
              || longestAsked(worthRepeating).compareTo(policy.escalation()) >= 0;
      case Plan.TellByPush _, Plan.TellByMail _ ->
          attempts >= Backoff.ATTEMPTS_MAX
              && worthRepeating.stream().anyMatch(Outcome.Unknown.class::isInstance);
    };
  }

  private static Duration longestAsked(List<Outcome> outcomes) {
    Duration longest = Duration.ZERO;
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.RetryAfter(var delay, _, _) && delay.compareTo(longest) > 0) {
        longest = delay;
      }
    }
    return longest;
  }

  private Settlement() {}
}
