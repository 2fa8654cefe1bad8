import type { HelperLang } from './languages.ts';

/** What a service is told of a card, in the order of the card. */
export type CardField = 'givenName' | 'familyName' | 'birthDate' | 'address' | 'level';
type CardLevel = 'einfach' | 'substanziell' | 'hoch';

/** Everything that the practice run says, in one language. */
export interface PracticeWords {
  readonly title: string;
  readonly lead: string;
  readonly how: string;
  readonly steps: readonly [string, string, string];
  readonly nothing: string;
  readonly start: string;
  readonly off: string;
  readonly offBody: string;
  readonly done: string;
  readonly doneLead: string;
  readonly gone: string;
  readonly failed: string;
  readonly failedBody: string;
  readonly again: string;
  readonly toHelper: string;
  readonly toSignIn: string;
  readonly demo: string;
  readonly fields: { readonly [F in CardField]: string };
  readonly levels: { readonly [L in CardLevel]: string };
}

/** TypeScript refuses a language with a gap. The page of the demo provider is German in all of them. */
export const PRACTICE_WORDS: Readonly<Record<HelperLang, PracticeWords>> = {
  de: {
    title: 'Üben mit dem Demo-Ausweis',
    lead: 'Hier üben Sie das Anmelden mit einem erfundenen Ausweis. Es passiert nichts Echtes.',
    how: 'So läuft die Übung',
    steps: [
      'Sie beginnen. Sie kommen auf die Seite des Demo-Anbieters.',
      'Dort wählen Sie eine erfundene Person. Beim echten Ausweis halten Sie hier die Karte ans Handy und geben die PIN ein.',
      'Sie kommen zurück und sehen, welche Daten ein Dienst gelesen hätte.',
    ],
    nothing: 'Es entsteht kein Konto, und Sie sind danach nicht angemeldet. Was der Demo-Ausweis sagt, zeigt nur die letzte Seite. Wir speichern es nicht.',
    start: 'Übung beginnen',
    off: 'Die Übung ist hier ausgeschaltet.',
    offBody:
      'Diese Stadt arbeitet mit echten Ausweisen, und zum Üben fehlt ein Testsystem. Mit «Gerät und Ausweis prüfen» in der AusweisApp können Sie trotzdem probieren, ob alles klappt.',
    done: 'Das hat geklappt.',
    doneLead: 'Diese Angaben hätte ein Dienst jetzt gelesen. Alle sind erfunden.',
    gone: 'Wir haben die Angaben nicht gespeichert. Wenn Sie die Seite verlassen, sind sie weg.',
    failed: 'Die Übung ist nicht zu Ende gegangen.',
    failedBody: 'Sie hat zu lange gedauert, sie wurde schon beendet oder abgebrochen. Gespeichert ist nichts. Beginnen Sie noch einmal.',
    again: 'Noch einmal üben',
    toHelper: 'Zur Hilfe für den Online-Ausweis',
    toSignIn: 'Jetzt richtig anmelden',
    demo: 'Übung',
    fields: { givenName: 'Vorname', familyName: 'Familienname', birthDate: 'Geburtsdatum', address: 'Anschrift', level: 'Vertrauensniveau' },
    levels: { einfach: 'niedrig', substanziell: 'substanziell', hoch: 'hoch' },
  },
  leicht: {
    title: 'Üben mit einem Ausweis zum Testen',
    lead: 'Hier können Sie üben. Der Ausweis ist nicht echt. Es passiert nichts.',
    how: 'So geht das Üben',
    steps: [
      'Sie drücken auf den Knopf. Dann kommt eine andere Seite.',
      'Dort wählen Sie eine erfundene Person. Beim echten Ausweis halten Sie die Karte an das Handy. Dann tippen Sie die PIN ein.',
      'Sie kommen zurück. Sie sehen: Das hätte ein Dienst gelesen.',
    ],
    nothing: 'Sie bekommen kein Konto. Sie sind danach nicht an-gemeldet. Wir speichern nichts.',
    start: 'Jetzt üben',
    off: 'Hier können Sie nicht üben.',
    offBody: 'Sie können in der AusweisApp nach-schauen: Tippen Sie auf «Gerät und Ausweis prüfen».',
    done: 'Das hat geklappt.',
    doneLead: 'Das hätte ein Dienst jetzt gelesen. Alles ist erfunden.',
    gone: 'Wir haben nichts gespeichert. Sie gehen von der Seite weg? Dann ist alles weg.',
    failed: 'Das Üben hat nicht geklappt.',
    failedBody: 'Es hat zu lange gedauert. Oder es war schon zu Ende. Wir haben nichts gespeichert. Fangen Sie noch einmal an.',
    again: 'Noch einmal üben',
    toHelper: 'Zur Hilfe für den Online-Ausweis',
    toSignIn: 'Jetzt richtig an-melden',
    demo: 'Übung',
    fields: { givenName: 'Vor-Name', familyName: 'Nach-Name', birthDate: 'Geburts-Tag', address: 'Adresse', level: 'So sicher ist das' },
    levels: { einfach: 'wenig sicher', substanziell: 'sicher', hoch: 'sehr sicher' },
  },
  en: {
    title: 'Practise with the demo card',
    lead: 'Practise signing in with an invented card here. Nothing real happens.',
    how: 'How it works',
    steps: [
      'You begin. You get to the page of the demo provider. It is in German.',
      'There you choose an invented person. With a real card you hold it to your phone here and enter the PIN.',
      'You come back and see which data a service would have read.',
    ],
    nothing: 'No account is made, and you are not signed in afterwards. What the demo card says is shown on the last page alone. We do not store it.',
    start: 'Begin to practise',
    off: 'Practising is switched off here.',
    offBody:
      'This city works with real cards, and there is no test system to practise with. With “Gerät und Ausweis prüfen” in AusweisApp you can still try whether everything works.',
    done: 'That worked.',
    doneLead: 'A service would have read these data now. All are invented.',
    gone: 'We have not stored them. When you leave this page they are gone.',
    failed: 'The practice run did not come to its end.',
    failedBody: 'It took too long, was over already, or was cancelled. Nothing is stored. Please begin again.',
    again: 'Practise again',
    toHelper: 'To the online ID helper',
    toSignIn: 'Sign in for real now',
    demo: 'Practice',
    fields: { givenName: 'Given name', familyName: 'Family name', birthDate: 'Date of birth', address: 'Address', level: 'Level of assurance' },
    levels: { einfach: 'low', substanziell: 'substantial', hoch: 'high' },
  },
  tr: {
    title: 'Demo kimlikle alıştırma',
    lead: 'Burada uydurma bir kimlikle giriş yapmayı deneyebilirsiniz. Gerçek hiçbir şey olmaz.',
    how: 'Alıştırma böyle yapılır',
    steps: [
      'Başlarsınız. Demo sağlayıcının sayfası açılır. Bu sayfa Almancadır.',
      'Orada uydurma bir kişi seçersiniz. Gerçek kimlikte burada kartı telefona tutar ve PIN kodunu girersiniz.',
      'Geri dönersiniz ve bir hizmetin hangi bilgileri okuyacağını görürsünüz.',
    ],
    nothing: 'Hesap açılmaz ve sonra oturumunuz açık olmaz. Demo kimlikteki bilgileri yalnızca son sayfa gösterir. Biz kaydetmeyiz.',
    start: 'Alıştırmaya başla',
    off: 'Alıştırma burada kapalı.',
    offBody:
      'Bu şehir gerçek kimliklerle çalışır ve alıştırma için bir test sistemi yoktur. AusweisApp uygulamasındaki «Gerät und Ausweis prüfen» ile her şeyin çalışıp çalışmadığını yine de deneyebilirsiniz.',
    done: 'Başardınız.',
    doneLead: 'Bir hizmet şimdi bu bilgileri okumuş olurdu. Hepsi uydurmadır.',
    gone: 'Bilgileri kaydetmedik. Sayfadan çıktığınızda silinmiş olurlar.',
    failed: 'Alıştırma tamamlanmadı.',
    failedBody: 'Çok uzun sürdü, zaten bitmişti ya da iptal edildi. Kaydedilen bir şey yok. Yeniden başlayın.',
    again: 'Bir daha alıştırma yap',
    toHelper: 'Online kimlik yardımına dön',
    toSignIn: 'Şimdi gerçekten giriş yap',
    demo: 'Alıştırma',
    fields: { givenName: 'Ad', familyName: 'Soyadı', birthDate: 'Doğum tarihi', address: 'Adres', level: 'Güven düzeyi' },
    levels: { einfach: 'düşük', substanziell: 'önemli', hoch: 'yüksek' },
  },
  uk: {
    title: 'Тренування з демо-карткою',
    lead: 'Тут ви тренуєтеся входити з вигаданою карткою. Нічого справжнього не відбувається.',
    how: 'Як проходить тренування',
    steps: [
      'Ви починаєте. Відкриється сторінка демо-постачальника. Вона німецькою мовою.',
      'Там ви обираєте вигадану особу. Зі справжньою карткою тут ви прикладаєте її до телефону і вводите PIN-код.',
      'Ви повертаєтеся і бачите, які дані прочитала б служба.',
    ],
    nothing: 'Обліковий запис не створюється, і після цього ви не залишаєтеся в системі. Дані демо-картки показує лише остання сторінка. Ми їх не зберігаємо.',
    start: 'Почати тренування',
    off: 'Тренування тут вимкнено.',
    offBody:
      'Це місто працює зі справжніми картками, а тестової системи для тренування немає. За допомогою «Gerät und Ausweis prüfen» у застосунку AusweisApp ви все одно можете перевірити, чи все працює.',
    done: 'Усе вийшло.',
    doneLead: 'Ці дані зараз прочитала б служба. Усі вони вигадані.',
    gone: 'Ми не зберегли ці дані. Коли ви залишите сторінку, вони зникнуть.',
    failed: 'Тренування не завершено.',
    failedBody: 'Минуло забагато часу, його вже завершено або скасовано. Нічого не збережено. Почніть ще раз.',
    again: 'Тренуватися ще раз',
    toHelper: 'До допомоги з онлайн-посвідченням',
    toSignIn: 'Увійти по-справжньому',
    demo: 'Тренування',
    fields: { givenName: 'Ім’я', familyName: 'Прізвище', birthDate: 'Дата народження', address: 'Адреса', level: 'Рівень довіри' },
    levels: { einfach: 'низький', substanziell: 'суттєвий', hoch: 'високий' },
  },
  fa: {
    title: 'تمرین با کارت نمایشی',
    lead: 'اینجا ورود با یک کارت ساختگی را تمرین می‌کنید. هیچ چیز واقعی رخ نمی‌دهد.',
    how: 'تمرین این‌طور است',
    steps: [
      'شروع می‌کنید. صفحهٔ ارائه‌دهندهٔ نمایشی باز می‌شود. این صفحه به زبان آلمانی است.',
      'آنجا یک شخص ساختگی را انتخاب می‌کنید. با کارت واقعی، اینجا کارت را به تلفن نزدیک می‌کنید و PIN را وارد می‌کنید.',
      'برمی‌گردید و می‌بینید یک خدمت چه اطلاعاتی را می‌خواند.',
    ],
    nothing: 'هیچ حسابی ساخته نمی‌شود و بعد از آن وارد حساب نیستید. اطلاعات کارت نمایشی را فقط صفحهٔ آخر نشان می‌دهد. ما آن را ذخیره نمی‌کنیم.',
    start: 'شروع تمرین',
    off: 'تمرین اینجا خاموش است.',
    offBody:
      'این شهر با کارت‌های واقعی کار می‌کند و سامانه‌ای برای تمرین ندارد. با «Gerät und Ausweis prüfen» در AusweisApp می‌توانید با این حال امتحان کنید که همه چیز کار می‌کند یا نه.',
    done: 'موفق شد.',
    doneLead: 'یک خدمت اکنون این اطلاعات را می‌خواند. همه ساختگی‌اند.',
    gone: 'ما این اطلاعات را ذخیره نکردیم. وقتی صفحه را ترک کنید، از بین می‌روند.',
    failed: 'تمرین به پایان نرسید.',
    failedBody: 'زمان زیادی گذشت، یا تمرین قبلاً تمام شده یا لغو شده است. هیچ چیز ذخیره نشد. دوباره شروع کنید.',
    again: 'تمرین دوباره',
    toHelper: 'به راهنمای کارت شناسایی آنلاین',
    toSignIn: 'اکنون ورود واقعی',
    demo: 'تمرین',
    fields: { givenName: 'نام', familyName: 'نام خانوادگی', birthDate: 'تاریخ تولد', address: 'نشانی', level: 'سطح اطمینان' },
    levels: { einfach: 'پایین', substanziell: 'متوسط', hoch: 'بالا' },
  },
  pl: {
    title: 'Ćwiczenie z kartą demonstracyjną',
    lead: 'Tutaj ćwiczą Państwo logowanie ze zmyśloną kartą. Nic nie dzieje się naprawdę.',
    how: 'Tak wygląda ćwiczenie',
    steps: [
      'Zaczynają Państwo. Otworzy się strona dostawcy demonstracyjnego. Jest po niemiecku.',
      'Tam wybierają Państwo zmyśloną osobę. Z prawdziwą kartą w tym miejscu przykłada się ją do telefonu i wpisuje PIN.',
      'Wracają Państwo i widzą, jakie dane odczytałaby usługa.',
    ],
    nothing: 'Nie powstaje konto i potem nie są Państwo zalogowani. To, co mówi karta demonstracyjna, pokazuje tylko ostatnia strona. Nie zapisujemy tego.',
    start: 'Zacznij ćwiczenie',
    off: 'Ćwiczenie jest tu wyłączone.',
    offBody:
      'To miasto pracuje z prawdziwymi kartami i nie ma systemu testowego do ćwiczeń. Funkcja «Gerät und Ausweis prüfen» w AusweisApp i tak pozwala sprawdzić, czy wszystko działa.',
    done: 'Udało się.',
    doneLead: 'Te dane odczytałaby teraz usługa. Wszystkie są zmyślone.',
    gone: 'Nie zapisaliśmy tych danych. Gdy opuszczą Państwo stronę, znikną.',
    failed: 'Ćwiczenie nie zostało ukończone.',
    failedBody: 'Trwało zbyt długo, było już zakończone albo zostało przerwane. Nic nie zapisano. Proszę zacząć od nowa.',
    again: 'Ćwicz jeszcze raz',
    toHelper: 'Do pomocy z dowodem online',
    toSignIn: 'Zaloguj się teraz naprawdę',
    demo: 'Ćwiczenie',
    fields: { givenName: 'Imię', familyName: 'Nazwisko', birthDate: 'Data urodzenia', address: 'Adres', level: 'Poziom zaufania' },
    levels: { einfach: 'niski', substanziell: 'średni', hoch: 'wysoki' },
  },
  ar: {
    title: 'التدرّب ببطاقة تجريبية',
    lead: 'هنا تتدرّب على تسجيل الدخول ببطاقة وهمية. لا يحدث أي شيء حقيقي.',
    how: 'هكذا يجري التدريب',
    steps: [
      'تبدأ. تُفتح صفحة المزوّد التجريبي. هذه الصفحة باللغة الألمانية.',
      'هناك تختار شخصًا وهميًا. مع البطاقة الحقيقية تُقرّب البطاقة هنا من الهاتف وتُدخل رقم PIN.',
      'تعود وترى البيانات التي كانت الخدمة ستقرؤها.',
    ],
    nothing: 'لا يُنشأ أي حساب، ولا تكون مسجَّل الدخول بعد ذلك. ما في البطاقة التجريبية تعرضه الصفحة الأخيرة فقط. نحن لا نحفظه.',
    start: 'ابدأ التدريب',
    off: 'التدريب متوقف هنا.',
    offBody: 'تعمل هذه المدينة ببطاقات حقيقية، ولا يوجد نظام تجريبي للتدرّب. مع ذلك يمكنك عبر «Gerät und Ausweis prüfen» في AusweisApp أن تجرّب هل يعمل كل شيء.',
    done: 'نجح الأمر.',
    doneLead: 'كانت الخدمة ستقرأ الآن هذه البيانات. كلها وهمية.',
    gone: 'لم نحفظ هذه البيانات. عندما تغادر الصفحة تختفي.',
    failed: 'لم يكتمل التدريب.',
    failedBody: 'استغرق وقتًا طويلًا، أو كان قد انتهى، أو أُلغي. لم يُحفظ شيء. ابدأ من جديد.',
    again: 'تدرّب مرة أخرى',
    toHelper: 'إلى المساعدة في الهوية الإلكترونية',
    toSignIn: 'سجّل الدخول الآن فعليًا',
    demo: 'تدريب',
    fields: { givenName: 'الاسم', familyName: 'اسم العائلة', birthDate: 'تاريخ الميلاد', address: 'العنوان', level: 'مستوى الثقة' },
    levels: { einfach: 'منخفض', substanziell: 'متوسط', hoch: 'مرتفع' },
  },
  ru: {
    title: 'Тренировка с демо-картой',
    lead: 'Здесь вы тренируетесь входить с вымышленной картой. Ничего настоящего не происходит.',
    how: 'Как проходит тренировка',
    steps: [
      'Вы начинаете. Откроется страница демо-поставщика. Она на немецком языке.',
      'Там вы выбираете вымышленного человека. С настоящей картой здесь вы прикладываете её к телефону и вводите PIN-код.',
      'Вы возвращаетесь и видите, какие данные прочитала бы служба.',
    ],
    nothing:
      'Учётная запись не создаётся, и после этого вы не остаётесь в системе. Данные демо-карты показывает только последняя страница. Мы их не сохраняем.',
    start: 'Начать тренировку',
    off: 'Тренировка здесь отключена.',
    offBody:
      'Этот город работает с настоящими картами, и тестовой системы для тренировки нет. С помощью «Gerät und Ausweis prüfen» в AusweisApp вы всё равно можете проверить, всё ли работает.',
    done: 'Получилось.',
    doneLead: 'Эти данные сейчас прочитала бы служба. Все они вымышлены.',
    gone: 'Мы не сохранили эти данные. Когда вы покинете страницу, они исчезнут.',
    failed: 'Тренировка не завершена.',
    failedBody: 'Прошло слишком много времени, она уже закончена или отменена. Ничего не сохранено. Начните ещё раз.',
    again: 'Потренироваться ещё раз',
    toHelper: 'К помощи по онлайн-удостоверению',
    toSignIn: 'Войти по-настоящему',
    demo: 'Тренировка',
    fields: { givenName: 'Имя', familyName: 'Фамилия', birthDate: 'Дата рождения', address: 'Адрес', level: 'Уровень доверия' },
    levels: { einfach: 'низкий', substanziell: 'существенный', hoch: 'высокий' },
  },
  bg: {
    title: 'Упражнение с демо карта',
    lead: 'Тук се упражнявате да влизате с измислена карта. Не се случва нищо истинско.',
    how: 'Така протича упражнението',
    steps: [
      'Започвате. Отваря се страницата на демо доставчика. Тя е на немски език.',
      'Там избирате измислен човек. С истинската карта тук я допирате до телефона и въвеждате PIN кода.',
      'Връщате се и виждате кои данни би прочела една услуга.',
    ],
    nothing: 'Не се създава профил и след това не сте влезли. Данните от демо картата показва само последната страница. Ние не ги запазваме.',
    start: 'Започнете упражнението',
    off: 'Упражнението тук е изключено.',
    offBody:
      'Този град работи с истински карти и няма тестова система за упражнения. С «Gerät und Ausweis prüfen» в AusweisApp все пак можете да опитате дали всичко работи.',
    done: 'Успяхте.',
    doneLead: 'Тези данни една услуга би прочела сега. Всички са измислени.',
    gone: 'Не сме запазили данните. Когато напуснете страницата, те изчезват.',
    failed: 'Упражнението не завърши.',
    failedBody: 'Продължи твърде дълго, вече беше приключило или беше прекъснато. Нищо не е запазено. Започнете отново.',
    again: 'Упражнете се още веднъж',
    toHelper: 'Към помощта за онлайн картата',
    toSignIn: 'Влезте сега наистина',
    demo: 'Упражнение',
    fields: { givenName: 'Собствено име', familyName: 'Фамилно име', birthDate: 'Дата на раждане', address: 'Адрес', level: 'Ниво на доверие' },
    levels: { einfach: 'ниско', substanziell: 'значително', hoch: 'високо' },
  },
  ro: {
    title: 'Exercițiu cu cardul demo',
    lead: 'Aici exersați autentificarea cu un card inventat. Nu se întâmplă nimic real.',
    how: 'Așa decurge exercițiul',
    steps: [
      'Începeți. Se deschide pagina furnizorului demo. Este în germană.',
      'Acolo alegeți o persoană inventată. Cu cardul adevărat, aici îl apropiați de telefon și introduceți codul PIN.',
      'Reveniți și vedeți ce date ar fi citit un serviciu.',
    ],
    nothing: 'Nu se creează niciun cont și după aceea nu sunteți autentificat. Ce conține cardul demo arată doar ultima pagină. Noi nu salvăm nimic.',
    start: 'Începeți exercițiul',
    off: 'Exercițiul este dezactivat aici.',
    offBody:
      'Acest oraș lucrează cu carduri adevărate și nu există un sistem de test pentru exersat. Cu «Gerät und Ausweis prüfen» din AusweisApp puteți totuși încerca dacă totul funcționează.',
    done: 'A reușit.',
    doneLead: 'Un serviciu ar fi citit acum aceste date. Toate sunt inventate.',
    gone: 'Nu am salvat datele. Când părăsiți pagina, dispar.',
    failed: 'Exercițiul nu s-a încheiat.',
    failedBody: 'A durat prea mult, era deja încheiat sau a fost anulat. Nu s-a salvat nimic. Începeți din nou.',
    again: 'Exersați încă o dată',
    toHelper: 'La ajutorul pentru cartea de identitate online',
    toSignIn: 'Autentificați-vă acum cu adevărat',
    demo: 'Exercițiu',
    fields: { givenName: 'Prenume', familyName: 'Nume de familie', birthDate: 'Data nașterii', address: 'Adresa', level: 'Nivel de încredere' },
    levels: { einfach: 'scăzut', substanziell: 'substanțial', hoch: 'ridicat' },
  },
  pt: {
    title: 'Praticar com o cartão de demonstração',
    lead: 'Aqui pratica o início de sessão com um cartão inventado. Não acontece nada de real.',
    how: 'Como funciona o exercício',
    steps: [
      'Começa. Abre-se a página do fornecedor de demonstração. Está em alemão.',
      'Aí escolhe uma pessoa inventada. Com o cartão verdadeiro, aqui encosta-o ao telemóvel e introduz o PIN.',
      'Volta e vê que dados um serviço teria lido.',
    ],
    nothing:
      'Não é criada nenhuma conta e depois não fica com a sessão iniciada. O que diz o cartão de demonstração só é mostrado na última página. Não guardamos nada.',
    start: 'Começar o exercício',
    off: 'O exercício está desligado aqui.',
    offBody:
      'Esta cidade trabalha com cartões verdadeiros e não há um sistema de teste para praticar. Com «Gerät und Ausweis prüfen» na AusweisApp pode, mesmo assim, ver se tudo funciona.',
    done: 'Conseguiu.',
    doneLead: 'Um serviço teria lido agora estes dados. São todos inventados.',
    gone: 'Não guardámos os dados. Quando sair da página, desaparecem.',
    failed: 'O exercício não chegou ao fim.',
    failedBody: 'Demorou demasiado, já tinha terminado ou foi cancelado. Nada foi guardado. Comece de novo.',
    again: 'Praticar outra vez',
    toHelper: 'Para a ajuda do documento online',
    toSignIn: 'Iniciar sessão a sério',
    demo: 'Exercício',
    fields: { givenName: 'Nome próprio', familyName: 'Apelido', birthDate: 'Data de nascimento', address: 'Morada', level: 'Nível de garantia' },
    levels: { einfach: 'baixo', substanziell: 'substancial', hoch: 'elevado' },
  },
};
