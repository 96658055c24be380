package dev.whileaway.aggregator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import dev.whileaway.aggregator.log.CommandCodec.Batch;
import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.Flag;
import dev.whileaway.aggregator.shard.LeaseKey;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.SendIntent;
import dev.whileaway.aggregator.shard.SendIntent.Presumed;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.internal.v1.Command;
import dev.whileaway.internal.v1.LogEntry;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Outcome;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.Reason;
import dev.whileaway.v1.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandCodecTest {

  private static final UserId ANNA = new UserId("anna");
  private static final LeaseKey LEASE = new LeaseKey(ANNA, 1L << 40);
  private static final Device DEVICE =
      Device.newBuilder().setToken("t").setPlatform(Platform.PLATFORM_FCM).build();
  private static final Delivery DELIVERY =
      Delivery.newBuilder()
          .setChannel(Channel.CHANNEL_PUSH)
          .setOutcome(Outcome.OUTCOME_ACCEPTED)
          .build();

  static Stream<ShardCommand> commands() {
    return Stream.of(
        new ShardCommand.ReportEvents(
            List.of(
                new NewEvent(ANNA, "Бob", 65_535, "d\u0000", "id", 1_800_000, true, 1L << 40),
                new NewEvent(ANNA, "", 1, "", "", 0, false, 0),
                new NewEvent(ANNA, "", 1, "", "", 0, false, 0, true))),
        new ShardCommand.ClearEvents(ANNA, ClearScope.ALL),
        new ShardCommand.ClearEvents(ANNA, new ClearScope(Set.of(3, 1, 2), 0, "bob")),
        new ShardCommand.ForgetUser(ANNA),
        new ShardCommand.PutProfile(Profile.newBuilder().setUser("anna").build()),
        new ShardCommand.DeleteProfile(ANNA),
        new ShardCommand.RegisterDevice(ANNA, DEVICE),
        new ShardCommand.UnregisterDevice(ANNA, "t", Long.MAX_VALUE),
        new ShardCommand.UnregisterDevice(ANNA, "t", 0),
        new ShardCommand.SetPreferences(ANNA, Preferences.newBuilder().setPushOff(true).build()),
        new ShardCommand.PullDue("w", 1000, 31_536_000_000L),
        new ShardCommand.PullDue("w", 1, 1, Set.of(Channel.CHANNEL_PUSH, Channel.CHANNEL_EMAIL)),
        new ShardCommand.PullDue("w", 1, 1, Set.of(), true),
        begin(new Presumed.Confirm()),
        begin(new Presumed.Cancel(600_000, Set.of(Flag.PUSH_SENT, Flag.ONLINE))),
        begin(new Presumed.Nothing()),
        new ShardCommand.ConfirmLease(LEASE, Reason.REASON_SENT, List.of(DELIVERY), "ok"),
        new ShardCommand.CancelLease(
            LEASE, 5, Set.of(Flag.ONLINE), Reason.REASON_ONLINE, List.of(DELIVERY), "later"),
        new ShardCommand.WatchUser(ANNA, true),
        new ShardCommand.NoteSteps(LEASE, List.of(Step.newBuilder().setWhat("pushed").build())));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_comes_back_as_it_was(ShardCommand command) {
    var batch = new Batch(1_700_000_000_000L, List.of(command));
    assertThat(CommandCodec.decode(CommandCodec.encode(batch))).isEqualTo(batch);
  }

  @Test
  void every_command_is_tried_above() {
    Set<Class<?>> tried = commands().map(Object::getClass).collect(Collectors.toSet());
    assertThat(tried).containsExactlyInAnyOrder(ShardCommand.class.getPermittedSubclasses());
    assertThat(Arrays.stream(Command.CommandCase.values()).count() - 1).isEqualTo(tried.size());
  }

  @Test
  void batch_keeps_its_order() {
    var batch = new Batch(5, commands().toList());
    assertThat(CommandCodec.decode(CommandCodec.encode(batch))).isEqualTo(batch);
  }

  @Test
  void entry_of_a_newer_version_is_refused() {
    var entry = LogEntry.newBuilder().setLogicVersion(2).build().toByteString();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandCodec.decode(entry))
        .withMessage("expected a log entry of logic version 1 to 1, but found version 2");
  }

  @Test
  void broken_entry_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandCodec.decode(ByteString.copyFromUtf8("\u0007broken")))
        .withMessageContaining("expected a log entry");
  }

  @Test
  void unknown_command_is_refused() {
    var entry =
        LogEntry.newBuilder()
            .setLogicVersion(1)
            .addCommands(Command.getDefaultInstance())
            .build()
            .toByteString();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandCodec.decode(entry))
        .withMessageContaining("expected a command");
  }

  private static ShardCommand begin(Presumed presumed) {
    return new ShardCommand.BeginSend(LEASE, new SendIntent(Channel.CHANNEL_PUSH, presumed));
  }
}
