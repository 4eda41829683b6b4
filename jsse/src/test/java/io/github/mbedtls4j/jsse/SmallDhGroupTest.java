package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Groups of ephemeral Diffie-Hellman that are too small. No server at hand offers one any more: the
 * ServerKeyExchange of an honest one is replaced by one with another group, rightly signed.
 */
class SmallDhGroupTest {
  /** RFC 2409 section 6.2: 1024 bits. */
  private static final BigInteger OAKLEY_GROUP_2 =
      new BigInteger(
          "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
              + "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
              + "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
              + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
          16);

  private static final int CLIENT_KEY_EXCHANGE = 16;
  private static final int SERVER_KEY_EXCHANGE = 12;
  private static final int BODY = 5 + 4;
  private static final int RANDOM = 32;

  /** A client that was given the server's flight with a group of so many bits. */
  private static SSLEngine client(int bits) throws Exception {
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.RSA);
    pair.client.setEnabledCipherSuites(new String[] {"TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"});
    EnginePair.step(begun(pair.client), ByteBuffer.allocate(0), pair.toServer);
    byte[] clientHello = RecordCutter.records(pair.toServer).get(0);
    begun(pair.server);
    do {
      EnginePair.step(pair.server, pair.toServer, pair.toClient);
    } while (pair.toServer.position() > 0
        || pair.server.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP);
    List<byte[]> flight = RecordCutter.records(pair.toClient);
    BigInteger p = OAKLEY_GROUP_2.shiftRight(OAKLEY_GROUP_2.bitLength() - bits).setBit(0);
    for (byte[] record : flight) {
      boolean replaced = record[5] == SERVER_KEY_EXCHANGE;
      ByteBuffer in =
          ByteBuffer.wrap(replaced ? keyExchange(p, clientHello, flight.get(0)) : record);
      pair.client.unwrap(in, ByteBuffer.allocate(0));
      Peers.runTasks(pair.client);
    }
    return pair.client;
  }

  private static SSLEngine begun(SSLEngine engine) throws SSLException {
    engine.beginHandshake();
    return engine;
  }

  /** RFC 5246 section 7.4.3. */
  private static byte[] keyExchange(BigInteger p, byte[] clientHello, byte[] serverHello)
      throws Exception {
    ByteArrayOutputStream params = new ByteArrayOutputStream();
    for (BigInteger number : List.of(p, BigInteger.TWO, BigInteger.TWO.pow(200))) {
      vector16(params, unsigned(number));
    }
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(TestPki.server(Kind.RSA).key);
    signature.update(clientHello, BODY + 2, RANDOM);
    signature.update(serverHello, BODY + 2, RANDOM);
    signature.update(params.toByteArray());
    params.write(4);
    params.write(1);
    vector16(params, signature.sign());
    byte[] message = params.toByteArray();
    ByteBuffer record = ByteBuffer.allocate(BODY + message.length);
    record.put(new byte[] {22, 3, 3}).putShort((short) (4 + message.length));
    return record.putInt((SERVER_KEY_EXCHANGE << 24) | message.length).put(message).array();
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static void vector16(ByteArrayOutputStream out, byte[] bytes) {
    out.write(bytes.length >>> 8);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 768, 1023})
  void areRefused(int bits) {
    SSLHandshakeException e = assertThrows(SSLHandshakeException.class, () -> client(bits));
    // The library itself, before any property is asked.
    assertTrue(e.getMessage().contains("SSL - Processing of the ServerKeyExchange"), e.toString());
  }

  /** Else the test above would prove nothing. */
  @Test
  void theSmallestThatIsTaken() throws Exception {
    SSLEngine client = client(1024);
    assertEquals(HandshakeStatus.NEED_WRAP, client.getHandshakeStatus());
    ByteBuffer out = ByteBuffer.allocate(20_000);
    client.wrap(ByteBuffer.allocate(0), out);
    assertEquals(CLIENT_KEY_EXCHANGE, out.get(5));
  }
}
