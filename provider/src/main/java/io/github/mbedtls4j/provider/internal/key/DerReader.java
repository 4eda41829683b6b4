package io.github.mbedtls4j.provider.internal.key;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads DER (ITU-T X.690) strictly: definite lengths in their shortest form, minimal integers, no
 * bytes left over where {@link #end} says so.
 */
public final class DerReader {
  private final byte[] data;
  private int at;
  private final int end;

  private DerReader(byte[] data, int at, int end) {
    this.data = data;
    this.at = at;
    this.end = end;
  }

  /** A reader at the start of an encoding. */
  public static DerReader of(byte[] encoding) {
    return new DerReader(encoding, 0, encoding.length);
  }

  /** Whether the next element has the given tag. */
  public boolean next(int tag) {
    return at < end && (data[at] & 0xFF) == tag;
  }

  /** Enters an element: reads its header and returns a reader of its contents. */
  public DerReader enter(int tag) throws IOException {
    if (!next(tag)) {
      throw new IOException(
          at >= end
              ? "DER ends where tag 0x" + Integer.toHexString(tag) + " should be"
              : "DER tag 0x"
                  + Integer.toHexString(data[at] & 0xFF)
                  + " instead of 0x"
                  + Integer.toHexString(tag));
    }
    at++;
    int length = length();
    DerReader inner = new DerReader(data, at, at + length);
    at += length;
    return inner;
  }

  private int length() throws IOException {
    int first = octet();
    if (first < 0x80) {
      return within(first);
    }
    int octets = first & 0x7F;
    if (octets == 0 || octets > 4) {
      throw new IOException("DER length of " + octets + " octets");
    }
    long length = 0;
    for (int i = 0; i < octets; i++) {
      length = (length << 8) | octet();
    }
    if (length < 0x80 || length >>> (8 * (octets - 1)) == 0) {
      throw new IOException("DER length is not in its shortest form");
    }
    return within(length);
  }

  private int within(long length) throws IOException {
    if (length > end - at) {
      throw new IOException("DER element of " + length + " bytes, " + (end - at) + " are left");
    }
    return (int) length;
  }

  private int octet() throws IOException {
    if (at >= end) {
      throw new IOException("DER ends in a header");
    }
    return data[at++] & 0xFF;
  }

  /** The bytes from here to the end of this reader. */
  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(data, at, end);
    at = end;
    return rest;
  }

  /** An INTEGER in its minimal form. */
  public BigInteger integer() throws IOException {
    byte[] value = enter(Der.INTEGER).rest();
    if (value.length == 0
        || (value.length > 1
            && ((value[0] == 0 && value[1] >= 0) || (value[0] == -1 && value[1] < 0)))) {
      throw new IOException("DER INTEGER is not in its minimal form");
    }
    return new BigInteger(value);
  }

  /** An OCTET STRING. */
  public byte[] octetString() throws IOException {
    return enter(Der.OCTET_STRING).rest();
  }

  /** A BIT STRING of whole octets. */
  public byte[] bitString() throws IOException {
    DerReader contents = enter(Der.BIT_STRING);
    if (contents.octet() != 0) {
      throw new IOException("DER BIT STRING is not of whole octets");
    }
    return contents.rest();
  }

  /** An OBJECT IDENTIFIER in dotted form. */
  public String oid() throws IOException {
    DerReader contents = enter(Der.OBJECT_IDENTIFIER);
    StringBuilder dotted = new StringBuilder();
    while (contents.at < contents.end) {
      long arc = 0;
      int octet;
      do {
        octet = contents.octet();
        if (arc == 0 && octet == 0x80) {
          throw new IOException("DER OBJECT IDENTIFIER arc is not in its shortest form");
        }
        if (arc >>> 55 != 0) {
          throw new IOException("DER OBJECT IDENTIFIER arc is too large");
        }
        arc = (arc << 7) | (octet & 0x7F);
      } while (octet >= 0x80);
      if (dotted.length() == 0) {
        long top = Math.min(arc / 40, 2);
        dotted.append(top).append('.').append(arc - 40 * top);
      } else {
        dotted.append('.').append(arc);
      }
    }
    return dotted.toString();
  }

  /** Skips an element with the given tag if it is next. */
  public void skip(int tag) throws IOException {
    if (next(tag)) {
      enter(tag);
    }
  }

  /**
   * Ends reading.
   *
   * @throws IOException if bytes are left over
   */
  public void end() throws IOException {
    if (at != end) {
      throw new IOException(end - at + " bytes after the end of a DER element");
    }
  }
}
