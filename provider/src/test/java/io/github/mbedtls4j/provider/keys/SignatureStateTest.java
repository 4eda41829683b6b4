package io.github.mbedtls4j.provider.keys;

import static io.github.mbedtls4j.provider.keys.TestKeys.OURS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random sequences of right and wrong calls end as they do with the JDK's providers. */
class SignatureStateTest {
  private static final int SEQUENCES = 40;
  private static final int CALLS = 25;

  private interface Step {
    Object run(Signature signature) throws Exception;
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256withRSA, SunRsaSign",
    "MD5withRSA, SunRsaSign",
    "SHA256withECDSA, SunEC",
    "SHA256withECDSAinP1363Format, SunEC",
    "NONEwithECDSA, SunEC"
  })
  void sequences(String algorithm, String sun) throws Exception {
    boolean rsa = algorithm.endsWith("RSA");
    KeyPair pair = rsa ? TestKeys.SUN_RSA_PAIR : TestKeys.SUN_EC_PAIR;
    KeyPair other = rsa ? TestKeys.SUN_EC_PAIR : TestKeys.SUN_RSA_PAIR;
    byte[] piece = new byte[20];
    Signature signer = Signature.getInstance(algorithm, sun);
    signer.initSign(pair.getPrivate());
    signer.update(piece);
    byte[] good = signer.sign();
    byte[] wrong = good.clone();
    wrong[wrong.length - 1] ^= 1;
    List<Step> steps =
        new ArrayList<>(
            List.of(
                s -> initSign(s, pair.getPrivate()),
                s -> initVerify(s, pair.getPublic()),
                s -> initSign(s, other.getPrivate()),
                s -> initVerify(s, other.getPublic()),
                s -> initSign(s, null),
                s -> initVerify(s, null),
                s -> update(s, piece),
                s -> update(s, piece),
                s -> s.sign().length > 0,
                s -> s.sign(new byte[9], 0, 9),
                s -> s.verify(good),
                s -> s.verify(good),
                s -> s.verify(wrong),
                s -> s.verify(new byte[0]),
                s -> s.verify(Arrays.copyOf(good, good.length + 1)),
                s -> setParameter(s, null),
                s -> setParameter(s, PSSParameterSpec.DEFAULT),
                s -> String.valueOf(s.getParameters())));
    Random random = new Random(6);
    for (int i = 0; i < SEQUENCES; i++) {
      Signature ours = Signature.getInstance(algorithm, OURS);
      Signature theirs = Signature.getInstance(algorithm, sun);
      List<Integer> calls = new ArrayList<>();
      int updates = 0;
      for (int call = 0; call < CALLS; call++) {
        int index = random.nextInt(steps.size());
        // The JDK's NONEwithECDSA fails with an unchecked exception beyond 64 bytes.
        boolean tooLong = (index == 6 || index == 7) && updates++ == 3;
        if (tooLong) {
          index = 1;
          updates = 0;
        }
        calls.add(index);
        Step step = steps.get(index);
        assertEquals(
            TestKeys.outcome(() -> step.run(theirs)),
            TestKeys.outcome(() -> step.run(ours)),
            () -> "after calls " + calls);
      }
    }
  }

  private static String initSign(Signature signature, PrivateKey key) throws Exception {
    signature.initSign(key);
    return "accepted";
  }

  private static String initVerify(Signature signature, PublicKey key) throws Exception {
    signature.initVerify(key);
    return "accepted";
  }

  private static String update(Signature signature, byte[] piece) throws Exception {
    signature.update(piece);
    return "accepted";
  }

  private static String setParameter(Signature signature, PSSParameterSpec spec) throws Exception {
    signature.setParameter(spec);
    return "accepted";
  }
}
