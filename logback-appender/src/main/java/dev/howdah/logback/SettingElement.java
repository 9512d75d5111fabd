package dev.howdah.logback;

/** The element {@code <setting>} within {@code <channel>}: a name and a value. */
public final class SettingElement {

  private String name = "";
  private String value = "";

  /** Made by Logback, and by programs. */
  public SettingElement() {}

  String name() {
    return name;
  }

  String value() {
    return value;
  }

  /**
   * Which setting.
   *
   * @param name as the kind's {@link dev.howdah.notify.NotifierFactory} has it
   */
  public void setName(String name) {
    this.name = name;
  }

  /**
   * What it shall be.
   *
   * @param value as text
   */
  public void setValue(String value) {
    this.value = value;
  }
}
