package io.github.mbedtls4j.wycheproof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Where vectors come from, and that their absence does not pass for success. */
class VectorStoreTest {

  private static final String FILE = "some_test.json";
  private static final Fetcher OFFLINE =
      address -> {
        throw new IOException("offline");
      };

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @TempDir Path directory;

  @Test
  void failsWithoutVectorsWhereTheyAreRequired() {
    AssertionError failure =
        assertThrows(AssertionError.class, () -> locate(settings(true), OFFLINE));
    assertTrue(failure.getMessage().contains(VectorStore.COMMIT), failure.getMessage());
    assertTrue(failure.getMessage().contains("shared"), failure.getMessage());
  }

  @Test
  void skipsLoudlyWithoutVectors() {
    assertThrows(TestAbortedException.class, () -> locate(settings(false), OFFLINE));
    String said = log.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("NOTHING WAS TESTED") && said.contains("offline"), said);
  }

  @Test
  void failsWithoutTheDirectorySomebodyNamed() {
    Settings settings =
        new Settings(List.of(), Optional.of(directory.resolve("no")), directory, directory, false);
    assertThrows(AssertionError.class, () -> locate(settings, OFFLINE));
  }

  @Test
  void prefersTheCheckoutBesideTheRepository() throws IOException {
    Path vectors = directory.resolve("checkout/shared/wycheproof/testvectors_v1");
    Files.createDirectories(vectors);
    assertEquals(vectors, locate(settings(false), OFFLINE));
  }

  @Test
  void fetchesEachFileOnce() throws IOException {
    List<URI> fetched = new ArrayList<>();
    Fetcher fetcher =
        address -> {
          fetched.add(address);
          return "content".getBytes(StandardCharsets.UTF_8);
        };
    locate(settings(true), fetcher);
    Path cache = locate(settings(true), fetcher);
    assertEquals("content", Files.readString(cache.resolve(FILE)));
    assertEquals(1, fetched.size(), fetched::toString);
  }

  /** An error page in the cache would be read as vectors ever after. */
  @Test
  void fetchesOverHttpAndRefusesErrorPages() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, 404));
    server.createContext("/there", exchange -> answer(exchange, 200));
    server.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      Fetcher http = Fetcher.http();
      assertEquals("page", new String(http.fetch(base.resolve("there")), StandardCharsets.UTF_8));
      IOException failure =
          assertThrows(IOException.class, () -> http.fetch(base.resolve("missing")));
      assertTrue(failure.getMessage().contains("404"), failure::toString);
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      byte[] page = "page".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, page.length);
      exchange.getResponseBody().write(page);
    }
  }

  private Path locate(Settings settings, Fetcher fetcher) {
    PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
    return WycheproofTest.locate(settings, List.of(FILE), fetcher, stream);
  }

  private Settings settings(boolean required) {
    return new Settings(
        List.of(),
        Optional.empty(),
        directory.resolve("checkout/repository"),
        directory.resolve("cache"),
        required);
  }
}
