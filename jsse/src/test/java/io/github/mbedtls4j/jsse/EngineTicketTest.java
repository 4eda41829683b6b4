package io.github.mbedtls4j.jsse;

import static io.github.mbedtls4j.jsse.Resumed.same;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/** Tickets (RFC 5077): the server's are names of sessions in its memory and nothing else. */
class EngineTicketTest {
  private static final int TICKET_LENGTH = 32;
  private static final int SESSION_TICKET = 35;

  private static byte[] hello(Resumed contexts) throws Exception {
    EnginePair pair = contexts.pair();
    pair.client.wrap(ByteBuffer.allocate(0), pair.toServer);
    return Wires.drain(pair.toServer);
  }

  /** Where the ticket stands in a ClientHello. */
  private static int ticketAt(byte[] hello) {
    assertEquals(TICKET_LENGTH, ticketLength(hello));
    return Wires.extension(hello, SESSION_TICKET) + 4;
  }

  private static int ticketLength(byte[] hello) {
    return ByteBuffer.wrap(hello).getShort(Wires.extension(hello, SESSION_TICKET) + 2);
  }

  private static SSLEngine server(Resumed contexts) {
    SSLEngine engine = contexts.server.createSSLEngine("peer", 1);
    engine.setUseClientMode(false);
    return engine;
  }

  @Test
  void aDamagedTicketIsAFullHandshake() throws Exception {
    for (Provider client : List.of(Contexts.OURS, Contexts.SUN)) {
      Resumed contexts = Resumed.of(client, Contexts.OURS, Kind.EC);
      EnginePair first = contexts.connect();
      byte[] hello = hello(contexts);
      int at = ticketAt(hello);
      Random random = new Random(21);
      for (int i = 0; i < 15; i++) {
        byte[] damaged = hello.clone();
        damaged[at + random.nextInt(TICKET_LENGTH)] ^= (byte) (1 << random.nextInt(8));
        assertFalse(Wires.resumes(server(contexts), damaged));
      }
      assertTrue(Wires.resumes(server(contexts), hello));
      // Nobody's session was lost by it.
      assertTrue(contexts.resumes(first));
    }
  }

  /** Whatever stands in the extension and the session id, with whatever lengths. */
  @Test
  void ticketsOfAnyKind() throws Exception {
    Resumed contexts = Resumed.ours();
    EnginePair first = contexts.connect();
    byte[] hello = hello(contexts);
    int at = ticketAt(hello);
    byte[] ticket = Arrays.copyOfRange(hello, at, at + TICKET_LENGTH);
    Random random = new Random(22);
    byte[] longTicket = new byte[5000];
    random.nextBytes(longTicket);
    System.arraycopy(ticket, 0, longTicket, 0, TICKET_LENGTH);
    for (byte[] other : List.of(new byte[0], new byte[1], Arrays.copyOf(ticket, 31), longTicket)) {
      assertFalse(Wires.resumes(server(contexts), withTicket(hello, at, other)));
    }
    assertTrue(Wires.resumes(server(contexts), withTicket(hello, at, ticket)));
    assertTrue(contexts.resumes(first));
  }

  /** A hello with another ticket, all lengths around it corrected. */
  private static byte[] withTicket(byte[] hello, int at, byte[] ticket) {
    int more = ticket.length - TICKET_LENGTH;
    ByteBuffer out = ByteBuffer.allocate(hello.length + more);
    out.put(hello, 0, at).put(ticket);
    out.put(hello, at + TICKET_LENGTH, hello.length - at - TICKET_LENGTH);
    out.putShort(at - 2, (short) ticket.length);
    out.putShort(3, (short) (out.getShort(3) + more));
    out.putShort(7, (short) (out.getShort(7) + more));
    int extensions = 43 + 1 + hello[43];
    extensions += 2 + out.getShort(extensions);
    extensions += 1 + out.get(extensions);
    out.putShort(extensions, (short) (out.getShort(extensions) + more));
    return out.array();
  }

  @Test
  void ticketsAreNeverTheSame() throws Exception {
    Resumed contexts = Resumed.ours();
    Set<List<Byte>> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      EnginePair pair = contexts.connect();
      byte[] hello = hello(contexts);
      int at = ticketAt(hello);
      List<Byte> ticket = new ArrayList<>();
      for (byte b : Arrays.copyOfRange(hello, at, at + TICKET_LENGTH)) {
        ticket.add(b);
      }
      assertTrue(seen.add(ticket));
      pair.client.getSession().invalidate();
    }
  }

  @Test
  void noTicketsWhereTheServerIsToldSo() throws Exception {
    Resumed.with(
        "jdk.tls.server.enableSessionTicketExtension",
        false,
        () -> {
          for (Provider client : List.of(Contexts.OURS, Contexts.SUN)) {
            Resumed contexts = Resumed.of(client, Contexts.OURS, Kind.EC);
            EnginePair first = contexts.connect();
            // The extension is there and empty: the server gave nothing to put into it.
            assertEquals(0, ticketLength(hello(contexts)));
            assertTrue(contexts.resumes(first));
          }
        });
  }

  @Test
  void damagedNewSessionTicket() throws Exception {
    Random random = new Random(23);
    for (Provider server : List.of(Contexts.OURS, Contexts.SUN)) {
      Resumed contexts = Resumed.of(Contexts.OURS, server, Kind.EC);
      for (int i = 0; i < 15; i++) {
        EnginePair pair = contexts.pair();
        byte[] hello = Wires.answer(pair.client, new byte[0]);
        byte[] flight = Wires.answer(pair.client, Wires.answer(pair.server, hello));
        byte[] last = Wires.answerToTheEnd(pair.server, flight);
        assertEquals(4, last[5], "NewSessionTicket");
        int length = ((last[3] & 0xFF) << 8) + (last[4] & 0xFF);
        last[5 + random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        Wires.failure(pair.client, last);
        assertFalse(pair.client.getSession().isValid());
        assertEquals(0, Resumed.count(contexts.client.getClientSessionContext()));
      }
    }
  }

  @Test
  void aTicketAndAnIdAreTwoWaysToOneSession() throws Exception {
    Resumed contexts = Resumed.ours();
    EnginePair first = contexts.connect();
    EnginePair second = contexts.connect();
    assertTrue(same(first, second));
    assertEquals(32, first.client.getSession().getId().length);
    assertEquals(1, Resumed.count(contexts.server.getServerSessionContext()));
  }
}
