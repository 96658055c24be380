package dev.whileaway.simulator;

import dev.whileaway.simulator.world.Seams;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Reason;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Retraction;
import dev.whileaway.worker.pipeline.DigestAnswers;
import dev.whileaway.worker.pipeline.Users;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.UserState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Faults of workers that are more than a line.
final class WorkerFaults {

  private WorkerFaults() {}

  /// Answers that pass, for a fault to change.
  private abstract static class Passing implements DigestAnswers {
    final DigestAnswers honest;

    Passing(DigestAnswers honest) {
      this.honest = honest;
    }

    @Override
    public Begun begin(Lease lease, Plan.Tell tell) {
      return honest.begin(lease, tell);
    }

    @Override
    public Settled settle(Lease lease, Plan.Answer answer, List<Delivery> deliveries) {
      return honest.settle(lease, answer, deliveries);
    }
  }

  static final class SendsFirst implements Seams {
    @Override
    public DigestAnswers answers(DigestAnswers honest) {
      return new Passing(honest) {
        private final Map<Long, Plan.Tell> told = new HashMap<>();

        @Override
        public Begun begin(Lease lease, Plan.Tell tell) {
          told.put(lease.id(), tell);
          return new Go();
        }

        @Override
        public Settled settle(Lease lease, Plan.Answer answer, List<Delivery> deliveries) {
          Plan.Tell tell = told.remove(lease.id());
          if (tell != null) {
            var _ = honest.begin(lease, tell);
          }
          return honest.settle(lease, answer, deliveries);
        }
      };
    }
  }

  /// Does as it is told by the honest one.
  private static class PassingPushes implements PushSender {

    private final PushSender honest;

    PassingPushes(PushSender honest) {
      this.honest = honest;
    }

    @Override
    public boolean serves(Device device) {
      return honest.serves(device);
    }

    @Override
    public Outcome send(Push push) throws InterruptedException {
      return honest.send(push);
    }

    @Override
    public boolean retracts(Device device) {
      return honest.retracts(device);
    }

    @Override
    public Outcome retract(Retraction retraction) throws InterruptedException {
      return honest.retract(retraction);
    }

    @Override
    public void close() {}
  }

  static final class SendsAgain implements Seams {
    @Override
    public PushSender push(PushSender honest) {
      return new PassingPushes(honest) {
        @Override
        public Outcome send(Push push) throws InterruptedException {
          Outcome outcome = honest.send(push);
          return outcome instanceof Outcome.Unknown ? honest.send(push) : outcome;
        }
      };
    }
  }

  static final class RetractsAtOnce implements Seams {
    @Override
    public PushSender push(PushSender honest) {
      return new PassingPushes(honest) {
        @Override
        public Outcome send(Push push) throws InterruptedException {
          Outcome outcome = honest.send(push);
          if (outcome instanceof Outcome.Accepted && honest.retracts(push.device())) {
            var _ =
                honest.retract(
                    new Retraction(
                        push.device(), push.digestId(), push.collapseKey(), push.expiresAt()));
          }
          return outcome;
        }
      };
    }
  }

  static final class RetractsAnywhere implements Seams {
    @Override
    public PushSender push(PushSender honest) {
      return new PassingPushes(honest) {
        @Override
        public boolean retracts(Device device) {
          return true;
        }
      };
    }
  }

  static final class RemembersUsers implements Seams {
    private final Map<String, UserState> known = new HashMap<>();

    @Override
    public Users users(Users honest) {
      return new Users() {
        @Override
        public Map<String, UserState> states(Set<String> users) {
          Map<String, UserState> states = new HashMap<>();
          honest
              .states(users)
              .forEach((user, now) -> {
                UserState first = known.putIfAbsent(user, now);
                states.put(user, first == null ? now : first);
              });
          return states;
        }

        @Override
        public void unregisterDevice(String user, String token, Instant unlessRegisteredAfter) {
          honest.unregisterDevice(user, token, unlessRegisteredAfter);
        }
      };
    }
  }

  static final class ConfirmsWhoIsOnline implements Seams {
    @Override
    public DigestAnswers answers(DigestAnswers honest) {
      return new Passing(honest) {
        @Override
        public Settled settle(Lease lease, Plan.Answer answer, List<Delivery> deliveries) {
          return answer instanceof Plan.Cancel(_, _, Reason reason, var words)
                  && reason == Reason.REASON_ONLINE
              ? honest.settle(lease, new Plan.Confirm(Reason.REASON_SENT, words), deliveries)
              : honest.settle(lease, answer, deliveries);
        }
      };
    }
  }
}
