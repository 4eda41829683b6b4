package io.github.mbedtls4j.wycheproof;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;

/** How data reaches an operation: the answer must not depend on it. */
enum Feed {
  WHOLE {
    @Override
    List<byte[]> pieces(TestVector vector, byte[] data) {
      return List.of(data);
    }
  },
  SPLIT {
    /** The place follows the tcId, so a file's vectors try many, the two ends included. */
    @Override
    List<byte[]> pieces(TestVector vector, byte[] data) {
      int place = vector.tcId() % (data.length + 1);
      return List.of(Arrays.copyOf(data, place), Arrays.copyOfRange(data, place, data.length));
    }
  };

  abstract List<byte[]> pieces(TestVector vector, byte[] data);

  /** Runs data through an initialised cipher, the last piece by doFinal. */
  byte[] transform(Cipher cipher, TestVector vector, byte[] data) throws GeneralSecurityException {
    List<byte[]> pieces = pieces(vector, data);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    for (byte[] piece : pieces.subList(0, pieces.size() - 1)) {
      byte[] part = cipher.update(piece);
      if (part != null) {
        output.writeBytes(part);
      }
    }
    output.writeBytes(cipher.doFinal(pieces.get(pieces.size() - 1)));
    return output.toByteArray();
  }

  /** The name of a step, for failure messages. */
  String step(String operation) {
    return this == WHOLE ? operation : operation + " in two pieces";
  }
}
