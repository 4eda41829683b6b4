package io.github.mbedtls4j.wycheproof;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What a provider may do with one operation of a vector. */
final class Expectation {

  private final TestVector.Result result;
  private final byte[] output;
  private final List<Class<? extends Exception>> rejections;

  /**
   * Says what is right.
   *
   * @param output what the operation must return if it is accepted
   * @param rejections the exceptions by which the JCA lets it be refused; any other, a
   *     RuntimeException above all, is a failure even where refusing is right
   */
  Expectation(
      TestVector.Result result, byte[] output, List<Class<? extends Exception>> rejections) {
    this.result = result;
    this.output = output;
    this.rejections = rejections;
  }

  /** An operation under test. */
  interface Operation {
    byte[] run() throws Exception;
  }

  /** The operation worked and made another value than an invalid vector claims, as it must. */
  static final class Mismatch extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;
  }

  void check(String step, Operation operation) throws VectorFailure {
    byte[] actual;
    try {
      actual = operation.run();
    } catch (VectorFailure e) {
      throw e;
    } catch (Exception e) {
      checkRejection(step, e);
      return;
    }
    if (result == TestVector.Result.INVALID) {
      throw new VectorFailure(
          step + ": expected " + names() + ", got acceptance and output [" + hex(actual) + "]");
    }
    if (!Arrays.equals(output, actual)) {
      throw new VectorFailure(
          step + ": expected output [" + hex(output) + "], got [" + hex(actual) + "]");
    }
  }

  /** Like {@link #check}, where the caller of the JCA compares the outcome with the vector's. */
  void checkCompared(String step, Operation operation) throws VectorFailure {
    check(
        step,
        () -> {
          byte[] actual = operation.run();
          if (result == TestVector.Result.INVALID && !Arrays.equals(output, actual)) {
            throw new Mismatch();
          }
          return actual;
        });
  }

  private void checkRejection(String step, Exception rejection) throws VectorFailure {
    if (result == TestVector.Result.VALID) {
      throw new VectorFailure(step + ": expected acceptance, got " + rejection, rejection);
    }
    if (rejections.stream().noneMatch(type -> type.isInstance(rejection))) {
      throw new VectorFailure(step + ": expected " + names() + ", got " + rejection, rejection);
    }
  }

  private String names() {
    return String.join(" or ", rejections.stream().map(Class::getSimpleName).toList());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
