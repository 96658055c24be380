package dev.whileaway.simulator.world;

import dev.whileaway.simulator.clockwork.Chance;
import java.util.List;

/// How often what goes wrong, as probabilities. Each seed switches some kinds off altogether, so
/// that every kind is also met alone.
///
/// @param requestLost a call does not get there
/// @param late a lost request arrives after all, when nobody waits for its answer
/// @param replyLost a call is done, and its caller never hears of it
/// @param stall a worker stands still before a call, maybe beyond its lease
/// @param death a worker dies before or after a call or send
/// @param stop a worker is asked to stop, and gives its leases back
/// @param crash between two moments of trouble, a leader crashes
/// @param leaderChange likewise, another node takes over
/// @param snapshot likewise, a node takes a snapshot
/// @param busy a provider asks to come later
/// @param refused a provider refuses for ever
/// @param dead a provider says that the target is dead
/// @param silent a provider never answers; half of these sends it has taken
/// @param breaks a sender or renderer throws
public record Faults(
    double requestLost,
    double late,
    double replyLost,
    double stall,
    double death,
    double stop,
    double crash,
    double leaderChange,
    double snapshot,
    double busy,
    double refused,
    double dead,
    double silent,
    double breaks) {

  private static final List<Double> OFTEN = List.of(0.3, 0.6, 0.9);
  private static final List<Double> RARE = List.of(0.01, 0.04, 0.12);

  static Faults draw(Chance chance) {
    return new Faults(
        some(chance, RARE),
        some(chance, OFTEN),
        some(chance, RARE),
        some(chance, RARE),
        some(chance, RARE),
        some(chance, RARE),
        some(chance, OFTEN),
        some(chance, OFTEN),
        some(chance, OFTEN),
        some(chance, RARE),
        some(chance, RARE),
        some(chance, RARE),
        some(chance, RARE),
        some(chance, RARE));
  }

  private static double some(Chance chance, List<Double> choice) {
    boolean off = chance.hits(0.5);
    double drawn = chance.pick(choice);
    return off ? 0 : drawn;
  }
}
