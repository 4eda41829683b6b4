package io.github.mbedtls4j.jsse.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** The streams of a socket. Closing either closes the socket, as with every socket of the JDK. */
final class SocketStreams {
  private SocketStreams() {}

  static final class Input extends InputStream {
    private final SocketChannel channel;

    Input(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      return length == 0 ? 0 : channel.read(target, offset, length);
    }

    @Override
    public int available() {
      return channel.available();
    }

    @Override
    public void close() throws IOException {
      channel.closeSocket();
    }
  }

  static final class Output extends OutputStream {
    private final SocketChannel channel;

    Output(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, source.length);
      // As SunJSSE, an empty write neither sends an empty record nor starts the handshake.
      if (length > 0) {
        channel.write(source, offset, length);
      }
    }

    @Override
    public void close() throws IOException {
      channel.closeSocket();
    }
  }
}
