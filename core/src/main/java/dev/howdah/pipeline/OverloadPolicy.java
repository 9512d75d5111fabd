package dev.howdah.pipeline;

/**
 * What a thread that logs does when the ring is full, or {@code maxMemory} is reached.
 *
 * <p>Whatever is lost is counted by cause and level; nothing is lost in silence.
 */
public enum OverloadPolicy {
  /**
   * Wait for room, at most {@code onFullTimeout}, then drop the event. Loses least, and lets a slow
   * database slow the application down.
   */
  BLOCK,

  /** Drop the new event at once, whatever its level. Never waits. */
  DROP,

  /**
   * Drop an event below WARN early and at once; let one of ERROR or above wait up to {@code
   * onFullTimeout}. The default: keeps what matters most, and makes waiting rare.
   */
  SHED
}
