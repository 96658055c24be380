package dev.whileaway.ops.demo;

import com.google.common.hash.Hashing;
import dev.whileaway.ops.trace.TraceAction;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Gender;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names, addresses and words for the numbers of the trace: invented, and the same at every run.
final class Cast {

  private static final List<String> ENGLISH_WOMEN =
      List.of(
          "Alice",
          "Amelia",
          "Audrey",
          "Beatrice",
          "Bella",
          "Charlotte",
          "Chloe",
          "Clara",
          "Daisy",
          "Eleanor",
          "Elsie",
          "Emma",
          "Florence",
          "Grace",
          "Hannah",
          "Harriet",
          "Hazel",
          "Ivy",
          "Jane",
          "Josephine",
          "Julia",
          "Lily",
          "Lucy",
          "Mabel",
          "Martha",
          "Matilda",
          "Naomi",
          "Nora",
          "Olivia",
          "Penelope",
          "Phoebe",
          "Rose",
          "Ruth",
          "Sadie",
          "Stella",
          "Violet");
  private static final List<String> ENGLISH_MEN =
      List.of(
          "Adam", "Albert", "Arthur", "Ben", "Caleb", "Charlie", "Daniel", "David", "Edward",
          "Elliot", "Ethan", "Felix", "Finn", "Fred", "George", "Harry", "Henry", "Hugo", "Isaac",
          "Jack", "James", "Jasper", "Leo", "Louis", "Max", "Nathan", "Oliver", "Oscar", "Owen",
          "Peter", "Ralph", "Samuel", "Simon", "Theo", "Tom", "William");
  private static final List<String> RUSSIAN_WOMEN =
      List.of(
          "Алина",
          "Анна",
          "Арина",
          "Валерия",
          "Варвара",
          "Вера",
          "Виктория",
          "Дарья",
          "Ева",
          "Екатерина",
          "Елена",
          "Зоя",
          "Инна",
          "Ирина",
          "Ксения",
          "Лариса",
          "Лидия",
          "Майя",
          "Мария",
          "Марина",
          "Надежда",
          "Нина",
          "Оксана",
          "Ольга",
          "Полина",
          "София",
          "Тамара",
          "Ульяна",
          "Юлия",
          "Яна");
  private static final List<String> RUSSIAN_MEN =
      List.of(
          "Алексей",
          "Андрей",
          "Антон",
          "Артём",
          "Борис",
          "Вадим",
          "Василий",
          "Виктор",
          "Глеб",
          "Григорий",
          "Денис",
          "Дмитрий",
          "Егор",
          "Иван",
          "Игорь",
          "Кирилл",
          "Константин",
          "Лев",
          "Максим",
          "Матвей",
          "Михаил",
          "Никита",
          "Олег",
          "Павел",
          "Пётр",
          "Роман",
          "Сергей",
          "Степан",
          "Тимур",
          "Фёдор");
  private static final String ENGLISH_INITIALS = "ABCDEFGHJKLMNOPRSTW";
  private static final String RUSSIAN_INITIALS = "АБВГДЕЖЗИКЛМНОПРСТФШ";

  private static final List<String> ENGLISH_WORDS =
      List.of(
          "Are you still coming on Saturday?",
          "I found the book you told me about!",
          "That lecture was something, wasn't it?",
          "Coffee after class?",
          "Ha, I knew you would say that",
          "Which bus do you take on Mondays?",
          "Thanks for yesterday, it was lovely",
          "Do you have the notes from week eight?",
          "We are going to the beach on Sunday, join us",
          "Good luck tomorrow!",
          "Who was that you were talking to?",
          "Call me when you are free",
          "I cannot stop listening to that song",
          "Is the library open late tonight?",
          "You left your umbrella here",
          "Tell me everything");
  private static final List<String> RUSSIAN_WORDS =
      List.of(
          "Ты придёшь в субботу?",
          "Нашлась та книга, о которой ты говоришь!",
          "Ну и лекция сегодня была…",
          "Кофе после занятий?",
          "Так и знала, что ты это скажешь",
          "На каком автобусе ты ездишь по понедельникам?",
          "Спасибо за вчерашний вечер",
          "Есть конспект за восьмую неделю?",
          "В воскресенье едем на море, давай с нами",
          "Удачи завтра!",
          "С кем это ты разговариваешь на фото?",
          "Позвони, как будет время",
          "Эта песня не выходит из головы",
          "Библиотека сегодня открыта допоздна?",
          "Твой зонтик у меня",
          "Рассказывай!");

  private final Map<String, TraceAction.Profile> byUser = new HashMap<>();
  private final String apnsTopic;

  /// @param apnsTopic the app's bundle id
  Cast(List<TraceAction.Profile> profiles, String apnsTopic) {
    profiles.forEach(profile -> byUser.put(profile.user(), profile));
    this.apnsTopic = apnsTopic;
  }

  Profile profile(TraceAction.Profile traced) {
    String user = traced.user();
    var profile =
        Profile.newBuilder()
            .setUser(user)
            .setName(name(user))
            .setGender(isWoman(user) ? Gender.GENDER_FEMALE : Gender.GENDER_MALE)
            .setLocale(traced.locale().toLanguageTag())
            .setZone(traced.zone().getId());
    if (traced.email()) {
      profile.setEmail("user" + user + "@example.org");
    }
    for (int i = 0; i < traced.devices(); i++) {
      profile.addDevices(device(user, i));
    }
    return profile.build();
  }

  String name(String user) {
    List<String> names =
        isRussian(user)
            ? (isWoman(user) ? RUSSIAN_WOMEN : RUSSIAN_MEN)
            : (isWoman(user) ? ENGLISH_WOMEN : ENGLISH_MEN);
    String initials = isRussian(user) ? RUSSIAN_INITIALS : ENGLISH_INITIALS;
    char initial = initials.charAt(pick(user + "/initial", initials.length()));
    return names.get(pick(user + "/name", names.size())) + " " + initial + ".";
  }

  /// What a message says; the trace has a number in its place.
  String words(TraceAction.Report report) {
    List<String> words = isRussian(report.user()) ? RUSSIAN_WORDS : ENGLISH_WORDS;
    return words.get(pick(report.data(), words.size()));
  }

  private boolean isRussian(String user) {
    TraceAction.Profile profile = byUser.get(user);
    return profile != null && profile.locale().getLanguage().equals("ru");
  }

  private static boolean isWoman(String user) {
    return pick(user + "/gender", 2) == 0;
  }

  private Device device(String user, int number) {
    String seed = user + "/device/" + number;
    return pick(seed, 2) == 0
        ? Device.newBuilder()
            .setPlatform(Platform.PLATFORM_FCM)
            .setToken("fcm-" + user + "-" + number)
            .build()
        : Device.newBuilder()
            .setPlatform(Platform.PLATFORM_APNS)
            .setApp(apnsTopic)
            .setToken(Hashing.sha256().hashString(seed, StandardCharsets.UTF_8).toString())
            .build();
  }

  private static int pick(String seed, int bound) {
    int hash = Hashing.murmur3_32_fixed().hashString(seed, StandardCharsets.UTF_8).asInt();
    return Integer.remainderUnsigned(hash, bound);
  }
}
