package io.github.mbedtls4j.provider.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.handle.ModPow;
import io.github.mbedtls4j.provider.internal.key.Unsigned;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UnsignedTest {
  @BeforeAll
  static void load() {
    MbedTls.load();
  }

  private static final List<BigInteger> EDGES =
      List.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          BigInteger.valueOf(127),
          BigInteger.valueOf(128),
          BigInteger.valueOf(255),
          BigInteger.valueOf(256),
          BigInteger.ONE.shiftLeft(64),
          BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(8192).subtract(BigInteger.ONE));

  @Test
  void bytesAndBack() {
    for (BigInteger number : EDGES) {
      byte[] bytes = Unsigned.bytes(number);
      assertEquals((number.bitLength() + 7) / 8, bytes.length);
      assertEquals(number, Unsigned.number(bytes));
      assertEquals(number, Unsigned.number(Unsigned.bytes(number, bytes.length + 3)));
      assertEquals(bytes.length + 3, Unsigned.bytes(number, bytes.length + 3).length);
    }
    assertArrayEquals(new byte[] {0, (byte) 0x80}, Unsigned.bytes(BigInteger.valueOf(128), 2));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> Unsigned.bytes(BigInteger.TEN.negate()));
    assertThrows(IllegalArgumentException.class, () -> Unsigned.bytes(BigInteger.valueOf(256), 1));
  }

  /** Numbers pass through the library's own as they are. */
  @Test
  void nativeNumbers() {
    Random random = new Random(3);
    for (int bits = 2; bits < 2000; bits += 61) {
      BigInteger modulus = new BigInteger(bits, random).setBit(bits).setBit(0);
      for (BigInteger base :
          List.of(
              BigInteger.ZERO,
              BigInteger.ONE,
              modulus.subtract(BigInteger.ONE),
              new BigInteger(bits, random))) {
        BigInteger exponent = new BigInteger(100, random);
        assertEquals(
            base.modPow(exponent, modulus),
            Unsigned.number(
                ModPow.modPow(
                    Unsigned.bytes(base), Unsigned.bytes(exponent), Unsigned.bytes(modulus))));
      }
    }
  }
}
