package io.github.mbedtls4j.ecosystem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.mbedtls4j.jsse.Background;
import io.github.mbedtls4j.jsse.Contexts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What every pair of a client and a server has to carry. */
final class Traffic {
  private static final int REQUESTS = 100;
  private static final int CONCURRENT = 16;
  private static final int EACH = 8;
  private static final int LARGE = 4 << 20;

  private Traffic() {}

  /**
   * Many small requests one after the other, some at once, and a large one.
   *
   * @param seen what the server says of the client
   */
  static void exchange(EchoClient client, String seen) throws Exception {
    assertEquals(seen, client.get());
    for (int i = 0; i < REQUESTS; i++) {
      echo(client, i * i / 2);
    }
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < CONCURRENT; i++) {
      all.add(
          Background.run(
              () -> {
                for (int j = 0; j < EACH; j++) {
                  echo(client, 5000 * j + 1);
                }
              }));
    }
    for (CompletableFuture<Void> one : all) {
      Background.await(one);
    }
    echo(client, LARGE);
    assertEquals(seen, client.get());
  }

  private static void echo(EchoClient client, int length) throws Exception {
    byte[] body = Contexts.random(length);
    assertArrayEquals(body, client.post(body));
  }
}
