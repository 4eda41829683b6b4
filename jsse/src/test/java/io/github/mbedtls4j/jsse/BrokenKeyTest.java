package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.util.Arrays;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** Keys that Mbed TLS cannot read: a KeyManager may have them, and nobody may overlook it. */
class BrokenKeyTest {
  private static PrivateKey key(byte[] encoding) {
    return new PrivateKey() {
      private static final long serialVersionUID = 1L;

      @Override
      public String getAlgorithm() {
        return "EC";
      }

      @Override
      public String getFormat() {
        return "PKCS#8";
      }

      @Override
      public byte[] getEncoded() {
        return encoding.clone();
      }
    };
  }

  private static SSLHandshakeException serverWith(PrivateKey key) throws Exception {
    RecordingKeys keys = new RecordingKeys(new Identity(key, TestPki.server(Kind.EC).chain));
    Peers.Outcome outcome =
        Peers.run(
            Peers.pair(
                Contexts.client(Contexts.OURS).createSSLEngine("localhost", 443),
                Contexts.of(Contexts.OURS, keys.array(), TestPki.trust()).createSSLEngine()));
    assertEquals("Received fatal alert: internal_error", outcome.client().getMessage());
    assertEquals(1, outcome.alerts().size());
    return assertInstanceOf(SSLHandshakeException.class, outcome.server());
  }

  @Test
  void theLibrarysReasonIsInTheException() throws Exception {
    byte[] good = TestPki.server(Kind.EC).key.getEncoded();

    for (byte[] broken : new byte[][] {{}, {1, 2, 3}, Arrays.copyOf(good, 20)}) {
      Throwable cause = serverWith(key(broken)).getCause();
      assertInstanceOf(InvalidKeyException.class, cause);
      String text = cause.getCause().getMessage();
      assertTrue(text.matches("mbedtls_pk_parse_key: .* \\[-0x[0-9A-F]{4}]"), text);
    }
  }
}
