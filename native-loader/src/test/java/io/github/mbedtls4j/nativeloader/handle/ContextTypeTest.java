package io.github.mbedtls4j.nativeloader.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.MbedTls;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContextTypeTest {
  @BeforeAll
  static void load() {
    MbedTls.load();
  }

  @Test
  void requiredContextsHaveASize() {
    for (ContextType type :
        List.of(
            ContextType.MD,
            ContextType.CIPHER,
            ContextType.GCM,
            ContextType.MPI,
            ContextType.RSA,
            ContextType.ECP_GROUP,
            ContextType.CTR_DRBG,
            ContextType.ENTROPY)) {
      assertTrue(type.size() > 0, type.toString());
      assertEquals(0, type.size() % 8, type.toString());
      assertTrue(type.size() < 1 << 16, type.toString());
    }
  }

  /** Structures whose members are public in every build of 2.28. */
  @Test
  void knownRelations() {
    assertEquals(
        ContextType.ECP_GROUP.size() + ContextType.MPI.size() + ContextType.ECP_POINT.size(),
        ContextType.ECP_KEYPAIR.size());
    assertEquals(3 * ContextType.MPI.size(), ContextType.ECP_POINT.size());
    assertEquals(24, ContextType.MPI.size());
    assertEquals(24, ContextType.MD.size());
    assertEquals(16, ContextType.PK.size());
  }

  @Test
  void optionalContextsFollowTheLibrary() {
    assertEquals(MbedTls.hasFunction("mbedtls_nist_kw_init"), ContextType.NIST_KW.size() > 0);
    assertEquals(MbedTls.hasFunction("mbedtls_aria_init"), ContextType.ARIA.size() > 0);
  }
}
