package io.github.mbedtls4j.wycheproof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.BadPaddingException;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Proves that the harness can fail: a green run of it means something only then. */
class HarnessTest {

  private static final String FILE = "hmac_test.json";

  /** RFC 4231, test case 2. */
  private static final String TAG =
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

  @TempDir Path directory;

  @Test
  void passesGoodVectors() throws IOException {
    write("MacTest", TAG, "valid", 1);
    assertEquals(List.of(), run(none()));
  }

  @Test
  void failsOnWrongOutput() throws IOException {
    write("MacTest", TAG.replaceFirst("5", "6"), "valid", 1);
    assertOneFailure("tcId 7", run(none()));
  }

  @Test
  void failsOnAcceptanceOfInvalidVector() throws IOException {
    write("MacTest", TAG, "invalid", 1);
    assertOneFailure("tcId 7", run(none()));
  }

  @Test
  void failsOnUnspecifiedException() {
    Expectation expectation =
        new Expectation(TestVector.Result.INVALID, new byte[0], List.of(BadPaddingException.class));
    VectorFailure failure =
        assertThrows(
            VectorFailure.class,
            () ->
                expectation.check(
                    "decrypt",
                    () -> {
                      throw new ArrayIndexOutOfBoundsException();
                    }));
    assertTrue(failure.getMessage().contains("ArrayIndexOutOfBounds"), failure.getMessage());
  }

  @Test
  void failsOnWrongOutputOfAcceptableVector() throws IOException {
    write("MacTest", TAG.replaceFirst("5", "6"), "acceptable", 1);
    assertOneFailure("tcId 7", run(none()));
  }

  @Test
  void failsOnZeroVectors() throws IOException {
    write("MacTest", TAG, "valid", 1);
    assertOneFailure("no vector of it runs", run(skip("'tcIds': [7], ")));
  }

  @Test
  void failsOnEmptyFile() throws IOException {
    Files.writeString(
        directory.resolve(FILE),
        "{\"algorithm\": \"HMACSHA256\", \"numberOfTests\": 0, \"testGroups\": []}");
    assertOneFailure("no vector of it runs", run(none()));
  }

  @Test
  void acceptsSkipOfWholeFile() throws IOException {
    write("MacTest", TAG, "invalid", 1);
    assertEquals(List.of(), run(skip("")));
  }

  @Test
  void failsOnStaleSkip() throws IOException {
    write("MacTest", TAG, "valid", 1);
    assertOneFailure("matches nothing", run(skip("'flag': 'NoSuchFlag', ")));
    assertOneFailure("matches nothing", run(skip("'group': {'tagSize': 8}, ")));
  }

  @Test
  void failsOnStaleTcIdOfSkip() throws IOException {
    write("MacTest", TAG, "valid", 1);
    List<Throwable> failures = run(skip("'tcIds': [7, 8], "));
    assertEquals(2, failures.size(), failures::toString);
    assertTrue(failures.get(1).getMessage().contains("[8]"), failures::toString);
  }

  @Test
  void skipsForWhatIsLackingCountOnlyThere() throws IOException {
    write("MacTest", TAG.replace('5', '6'), "valid", 1);
    assertEquals(1, run(skip("'lacking': 'Cipher.AES', ")).size(), "offered: the vector fails");
    assertEquals(List.of(), run(skip("'lacking': 'Cipher.ARIA', ")), "lacking: skipped");
  }

  @Test
  void refusesSkipWithoutReason() {
    String json = "{\"JDK\": [{\"file\": \"" + FILE + "\", \"reason\": \" \"}]}";
    assertThrows(IOException.class, () -> Skips.parse(json, List.of(Jca.JDK), service -> true));
  }

  @Test
  void failsOnTruncatedAndOnAbsentFile() throws IOException {
    assertOneFailure(FILE, run(none()));
    write("MacTest", TAG, "valid", 2);
    assertOneFailure("promises 2 tests and has 1", run(none()));
  }

  @Test
  void failsOnUnknownSchema() throws IOException {
    write("NoSuchTest", TAG, "valid", 1);
    assertOneFailure("no runner for NoSuchTest", run(none()));
  }

  private void write(String type, String tag, String result, int promised) throws IOException {
    String json =
        """
        {"algorithm": "HMACSHA256", "numberOfTests": %d, "testGroups": [
          {"type": "%s", "keySize": 32, "tagSize": 256, "tests": [
            {"tcId": 7, "comment": "RFC 4231", "flags": [], "key": "4a656665",
             "msg": "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
             "tag": "%s", "result": "%s"}]}]}
        """;
    Files.writeString(directory.resolve(FILE), json.formatted(promised, type, tag, result));
  }

  private static Skips none() {
    return new Skips(List.of());
  }

  /** A skip of vectors of the one file; single quotes spare the reader the escapes. */
  private static Skips skip(String selectors) throws IOException {
    String json = "{'JDK': [{'file': '" + FILE + "', " + selectors + "'reason': 'because'}]}";
    return Skips.parse(json.replace('\'', '"'), List.of(Jca.JDK), "Cipher.AES"::equals);
  }

  /** Executes the suite over the one file as JUnit would; skipped tests are no failures. */
  private List<Throwable> run(Skips skips) {
    List<Throwable> failures = new ArrayList<>();
    new Suite(Jca.of(List.of(Jca.JDK)), directory, List.of(FILE), skips)
        .tests()
        .flatMap(HarnessTest::leaves)
        .forEach(test -> execute(test, failures));
    return failures;
  }

  private static Stream<DynamicTest> leaves(DynamicNode node) {
    return node instanceof DynamicContainer container
        ? container.getChildren().flatMap(HarnessTest::leaves)
        : Stream.of((DynamicTest) node);
  }

  private static void execute(DynamicTest test, List<Throwable> failures) {
    try {
      test.getExecutable().execute();
    } catch (TestAbortedException e) {
      // a skipped group
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  private static void assertOneFailure(String text, List<Throwable> failures) {
    assertEquals(1, failures.size(), failures::toString);
    assertTrue(failures.get(0).toString().contains(text), failures::toString);
  }
}
