package io.github.mbedtls4j.provider.internal.pem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One part of a text file of RFC 7468, with the headers that RFC 1421 allows. */
final class PemBlock {
  private static final byte[] BEGIN = ascii("-----BEGIN ");
  private static final byte[] END = ascii("-----END ");
  private static final byte[] DASHES = ascii("-----");

  private static final int MAX_LABEL = 64;

  private final String label;
  private final byte[] file;
  private final int start;
  private final int end;

  private PemBlock(String label, byte[] file, int start, int end) {
    this.label = label;
    this.file = file;
    this.start = start;
    this.end = end;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The parts of a file, none if it is no such file. What is in them is not looked at yet. */
  static List<PemBlock> of(byte[] file) throws IOException {
    List<PemBlock> blocks = new ArrayList<>();
    int at = find(BEGIN, file, 0);
    while (at >= 0) {
      int labelAt = at + BEGIN.length;
      int labelEnd = required(DASHES, file, labelAt);
      String label = new String(file, labelAt, labelEnd - labelAt, StandardCharsets.ISO_8859_1);
      // Else a header that lacks a dash would take the key itself into exceptions.
      if (label.length() > MAX_LABEL || label.chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw new IOException("PEM block with a malformed label");
      }
      int start = labelEnd + DASHES.length;
      int end = required(END, file, start);
      byte[] footer = ascii(label + "-----");
      int footerAt = end + END.length;
      int next = footerAt + footer.length;
      if (next > file.length || !Arrays.equals(file, footerAt, next, footer, 0, footer.length)) {
        throw new IOException("PEM block that begins and ends with different labels");
      }
      blocks.add(new PemBlock(label, file, start, end));
      at = find(BEGIN, file, next);
    }
    return blocks;
  }

  private static int required(byte[] mark, byte[] file, int from) throws IOException {
    int at = find(mark, file, from);
    if (at < 0) {
      throw new IOException("PEM block without an end");
    }
    return at;
  }

  private static int find(byte[] mark, byte[] file, int from) {
    for (int at = from; at <= file.length - mark.length; at++) {
      if (Arrays.equals(file, at, at + mark.length, mark, 0, mark.length)) {
        return at;
      }
    }
    return -1;
  }

  String label() {
    return label;
  }

  /** The headers: lines with a colon, which base64 does not have. */
  Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    for (int at = start, lineEnd; at < end; at = lineEnd + 1) {
      lineEnd = lineEnd(at);
      int colon = indexOf(':', at, lineEnd);
      if (colon >= 0) {
        headers.put(text(at, colon), text(colon + 1, lineEnd));
      }
    }
    return headers;
  }

  private int lineEnd(int from) {
    int at = indexOf('\n', from, end);
    return at < 0 ? end : at;
  }

  private int indexOf(char wanted, int from, int to) {
    for (int at = from; at < to; at++) {
      if (file[at] == wanted) {
        return at;
      }
    }
    return -1;
  }

  private String text(int from, int to) {
    return new String(file, from, to - from, StandardCharsets.ISO_8859_1).trim();
  }

  /** The content, which the caller wipes. */
  byte[] content() throws IOException {
    byte[] base64 = new byte[end - start];
    int length = 0;
    for (int at = start, lineEnd; at < end; at = lineEnd + 1) {
      lineEnd = lineEnd(at);
      if (indexOf(':', at, lineEnd) >= 0) {
        continue;
      }
      for (int i = at; i < lineEnd; i++) {
        if (file[i] != ' ' && file[i] != '\t' && file[i] != '\r') {
          base64[length++] = file[i];
        }
      }
    }
    byte[] exact = Arrays.copyOf(base64, length);
    try {
      return Base64.getDecoder().decode(exact);
    } catch (IllegalArgumentException e) {
      // Its text would quote the file.
      throw new IOException("PEM block that is not in base64");
    } finally {
      Arrays.fill(base64, (byte) 0);
      Arrays.fill(exact, (byte) 0);
    }
  }
}
