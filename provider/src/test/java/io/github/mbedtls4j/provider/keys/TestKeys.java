package io.github.mbedtls4j.provider.keys;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Providers and keys for the tests. */
final class TestKeys {
  static final Provider OURS = new MbedTlsProvider();
  static final Provider SUN_RSA = Security.getProvider("SunRsaSign");
  static final Provider SUN_EC = Security.getProvider("SunEC");
  static final Provider BC = new BouncyCastleProvider();

  /** Made once: generating RSA keys is slow. */
  static final KeyPair RSA = rsa(OURS, 1024);

  static final KeyPair SUN_RSA_PAIR = rsa(SUN_RSA, 1024);
  static final KeyPair EC = ec(OURS, "secp256r1");
  static final KeyPair SUN_EC_PAIR = ec(SUN_EC, "secp256r1");

  /** A statement that may throw anything. */
  interface Code {
    Object run() throws Exception;
  }

  private TestKeys() {}

  static List<Curve> curves() {
    return Arrays.stream(Curve.values()).filter(Curve::supported).toList();
  }

  static KeyPair rsa(Provider provider, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair ec(Provider provider, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** What code gives: the class of its exception, else its result. */
  static Object outcome(Code code) {
    try {
      return code.run();
    } catch (Exception e) {
      return e.getClass().getName();
    }
  }

  /** Runs code with our provider before all others. */
  static void atPosition1(Code code) throws Exception {
    Security.insertProviderAt(OURS, 1);
    try {
      code.run();
    } finally {
      Security.removeProvider(OURS.getName());
    }
  }
}
