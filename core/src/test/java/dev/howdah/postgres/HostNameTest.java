package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class HostNameTest {

  @Test
  void whatTheUserCallsItIsKnownAtOnce() {
    HostName name = HostName.ofThisMachine("elephant-1");

    assertThat(name.known()).isEqualTo("elephant-1");
    assertThat(name.lookUp()).isEqualTo("elephant-1");
  }

  @Test
  void thisMachinesIsKnownOnceItWasLookedUp() throws UnknownHostException {
    HostName name = HostName.ofThisMachine(null);

    assertThat(name.known()).isNull();
    assertThat(name.lookUp()).isEqualTo(InetAddress.getLocalHost().getHostName());
    assertThat(name.known()).isEqualTo(name.lookUp());
  }

  @Test
  void aJournalsIsNeverThatOfTheMachineThatReplaysIt() {
    assertThat(HostName.of("elephant-1").lookUp()).isEqualTo("elephant-1");
    assertThat(HostName.of(null).lookUp()).isEqualTo("unknown");
  }
}
