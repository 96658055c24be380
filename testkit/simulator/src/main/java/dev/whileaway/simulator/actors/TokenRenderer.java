package dev.whileaway.simulator.actors;

import dev.whileaway.simulator.world.World;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.MailText;
import dev.whileaway.templates.PushText;
import dev.whileaway.templates.Renderer;
import java.util.stream.Collectors;

/// Renders a digest as the tokens of its events, so that a provider can say what it was handed; and
/// breaks now and then, as a template does.
final class TokenRenderer implements Renderer {

  static final String SEPARATOR = " ";

  private final World world;

  TokenRenderer(World world) {
    this.world = world;
  }

  @Override
  public PushText push(DigestContent digest) {
    return new PushText("", tokens(digest), "", "", Math.toIntExact(digest.events()));
  }

  @Override
  public MailText mail(DigestContent digest) {
    return new MailText(Long.toString(digest.events()), "", tokens(digest));
  }

  private String tokens(DigestContent digest) {
    if (world.strikes(world.setting().faults().breaks())) {
      throw new IllegalStateException("a template that breaks"); // TRAPS 8
    }
    return digest.groups().stream()
        .flatMap(group -> group.items().stream())
        .map(DigestContent.Item::data)
        .collect(Collectors.joining(SEPARATOR));
  }
}
