package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.spec.KeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.DESKeySpec;
import javax.crypto.spec.DESedeKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesKeyFactoryTest {
  @ParameterizedTest
  @ValueSource(strings = {"DES", "DESede", "TripleDES"})
  void behavesAsSunJce(String name) throws Exception {
    List<String> theirs = outcomes(SecretKeyFactory.getInstance(name, "SunJCE"));
    assertEquals(theirs, outcomes(SecretKeyFactory.getInstance(name, new MbedTlsProvider())));
  }

  private static List<String> outcomes(SecretKeyFactory factory) throws Exception {
    List<KeySpec> specs = new ArrayList<>();
    specs.add(null);
    specs.add(new DESKeySpec(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}));
    specs.add(new DESedeKeySpec(new byte[26]));
    List<SecretKey> keys = new ArrayList<>();
    keys.add(null);
    for (String algorithm : new String[] {"DES", "DESede", "AES"}) {
      for (int length : new int[] {7, 8, 16, 24, 30}) {
        SecretKeySpec key =
            new SecretKeySpec(RandomRun.bytes(new FixedRandom(1), length), algorithm);
        keys.add(key);
        specs.add(key);
      }
    }
    List<String> outcomes = new ArrayList<>();
    for (KeySpec spec : specs) {
      outcomes.add(Outcome.of(() -> factory.generateSecret(spec).getEncoded()).text());
    }
    for (SecretKey key : keys) {
      outcomes.add(Outcome.of(() -> factory.translateKey(key).getEncoded()).text());
      for (Class<?> wanted :
          List.of(DESKeySpec.class, DESedeKeySpec.class, KeySpec.class, SecretKeySpec.class)) {
        outcomes.add(Outcome.of(() -> factory.getKeySpec(key, wanted).getClass()).text());
      }
    }
    return outcomes;
  }
}
