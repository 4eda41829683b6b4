package io.github.mbedtls4j.provider.boot;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;

/** Main of a child JVM that may see the parameters that SunJSSE gives to SunJCE's RSA. */
final class PremasterUse {
  private PremasterUse() {}

  public static void main(String[] arguments) throws Exception {
    AlgorithmParameterSpec params =
        Class.forName("sun.security.internal.spec.TlsRsaPremasterSecretParameterSpec")
            .asSubclass(AlgorithmParameterSpec.class)
            .getConstructor(int.class, int.class)
            .newInstance(0x303, 0x303);
    Provider ours = new MbedTlsProvider();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", ours);
    generator.initialize(1024);
    KeyPair pair = generator.generateKeyPair();
    Cipher alone = Cipher.getInstance("RSA/ECB/PKCS1Padding", ours);
    try {
      alone.init(Cipher.UNWRAP_MODE, pair.getPrivate(), params);
    } catch (InvalidAlgorithmParameterException e) {
      System.out.println("ours: refused");
    }
    Security.insertProviderAt(ours, 1);
    Cipher any = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    any.init(Cipher.UNWRAP_MODE, pair.getPrivate(), params);
    System.out.println("any: " + any.getProvider().getName());
  }
}
