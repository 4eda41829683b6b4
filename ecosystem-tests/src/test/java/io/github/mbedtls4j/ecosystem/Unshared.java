package io.github.mbedtls4j.ecosystem;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A client for each request under way, so that no connection carries two at once. For Tomcat: up to
 * 10.1.59 at least, OkHttp's requests that share a connection of HTTP/2 get bodies of others into
 * theirs, one exchange in some hundred, with SunJSSE on both ends too.
 */
final class Unshared implements EchoClient {
  /** Makes one more client. */
  interface Maker {
    EchoClient make() throws Exception;
  }

  private interface Request<R> {
    R of(EchoClient client) throws Exception;
  }

  private final Maker maker;
  private final Queue<EchoClient> idle = new ConcurrentLinkedQueue<>();

  Unshared(Maker maker) {
    this.maker = maker;
  }

  private <R> R call(Request<R> request) throws Exception {
    EchoClient used = idle.poll();
    EchoClient client = used == null ? maker.make() : used;
    try {
      return request.of(client);
    } finally {
      idle.add(client);
    }
  }

  @Override
  public byte[] post(byte[] body) throws Exception {
    return call(client -> client.post(body));
  }

  @Override
  public String get() throws Exception {
    return call(EchoClient::get);
  }

  @Override
  public void close() {
    idle.forEach(EchoClient::close);
  }
}
