package dev.howdah.event;

/**
 * An event as one object, for appenders of frameworks that make objects for each event anyway: the
 * thread that logs makes sure that it can't change any more, and the encoder reads it.
 *
 * <p>A slot of the ring is old and an event is young: for each reference from one to the other that
 * a thread writes, G1 has it wait for its own writes to reach the memory and note the place. So it
 * costs a thread less to write one reference to an object than to fill a slot.
 */
public interface RingEvent {

  /** {@return severity} */
  Level level();

  /** {@return about how many bytes of memory the event keeps alive} */
  long bytes();

  /**
   * Puts the event into a slot. Called once, on the encoder's thread, where no code of the
   * application's may run: it could log, wait or fail.
   *
   * @param slot an empty slot
   */
  void fill(LogEventSlot slot);
}
