use super::*;

/// What is found in a text without code, with the label of its rule.
fn found(text: &str) -> Vec<(String, &'static str)> {
    let mut hits = Hits::new();
    find(text.as_bytes(), &[], &mut hits);
    let mut spans: Vec<_> = hits.iter().map(|hit| (hit.span.range(), hit.rule.rule().label)).collect();
    spans.sort_by_key(|(span, _)| span.start);
    spans.dedup();
    spans.into_iter().map(|(span, label)| (text[span].to_owned(), label)).collect()
}

#[test]
fn names_of_a_project_go_wherever_they_stand() {
    for marked in HITS {
        let text = marked.replace(['«', '»'], "");
        let expected: Vec<_> =
            marked.split('«').skip(1).filter_map(|part| part.split_once('»')).map(|(name, _)| name).collect();
        let names: Vec<_> = found(&text).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, expected, "{text}");
    }
}

#[test]
fn names_of_libraries_and_words_stay() {
    let wrong: Vec<_> =
        MISSES.iter().filter(|text| !found(text).is_empty()).map(|text| found(text)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_package_goes_as_its_folder_does() {
    let labels: Vec<_> = found("\tat com.zelmont.premia.QuoteBinder.rebindQuote(QuoteBinder.java:3)");
    let labels: Vec<_> = labels.iter().map(|(_, label)| *label).collect();
    assert_eq!(labels, ["dir", "dir", "type", "function"]);
}

static HITS: &[&str] = &[
    "I renamed «compute_premium_rate» and moved it out.",
    "Why does `«bind_quote»` return None?",
    "The call to «bind_quote»() fails, as does «bindQuote»(x).",
    "the bug is in `«QuoteEngine».«bindQuote»()`",
    "look at «QuoteEngine»::«bind_quote»",
    "`«MAX_PREMIUM_RATE»` is set to 3",
    "FAILED tests/x.py::test_«premium_is_rounded» - assert 3 == 4",
    "--- FAIL: Test«BindPremium»_Fails (0.00s)",
    "ERROR:  column \"«premium_rate»\" of relation x does not exist",
    "app.rb:12:in `«bind_quote»': undefined method",
    "KeyError: '«premium_rate»'",
    "\tat com.«zelmont».«premia».«QuoteBinder».«rebindQuote»(Quotes.java:3)",
    "\tat com.«zelmont».«Premia».«settle»(Quotes.java:3)",
    "   3: «zelmont»::«premia»::«settle»",
    "Caused by: com.«zelmont».«premia».«PremiumException»: none",
    "    at «QuoteBinder».«rebindQuote» (/srv/x.js:1:2)",
    "logger «zelmont».«premia».«premium_rate» said",
    "ok  \t«zelmont.example-host.io»/«premia»/internal/«quotes»\t0.012s",
    "github.com/«zelmonts»/«premia»/pkg/«settle».(*«QuoteBinder»).«rebindQuote»(0x0)\n\t/srv/x.go:9 +0x2",
    "2026-05-21 09:12:01,123 INFO «zelmont».«premia»: started",
    "  # module.«premia».aws_instance.«zelmont» will be created",
    "function QuoteBinder.«bind_quote»/2 is undefined",
    "Class \"App\\Services\\«PremiumBinder»\" not found",
];

static MISSES: &[&str] = &[
    "loss: 0.69 - val_loss: 0.67",
    "64 bytes from localhost: icmp_seq=1 ttl=64",
    "The `useState` hook, `asyncio.gather()` and `std::collections::HashMap`",
    "set NODE_ENV=production and RUST_BACKTRACE=1",
    "call `zlib.BestSpeed` or `np.ascontiguousarray(x)`",
    "pass --max_premium_rate=3 to it",
    "the file src/bind_quote.py and premium_rate.py",
    "{\"premium_rate\": 3, \"max_premium\": 4}\n",
    "<premium_error>no</premium_error>",
    "https://example.com/bind_quote?premium_rate=3",
    "mcp__zelmont__bind_quote and toolu_01VqPremium9x8Y",
    "\tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)",
    "\tat org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1089)",
    "    at Layer.handle_request (/app/node_modules/express/lib/router/layer.js:95:5)",
    "   4: core::ops::function::FnOnce::call_once",
    "   5: tokio::runtime::task::harness::poll_future",
    "at the end of the day (or later)",
    "fn-7f3a9c and test_fn-7f3a9c and type-0d14e2.fn-7f3a9c()",
    "max_tokens, input_tokens, file_path and step_count",
    "runtime.gopanic(0x12)\n\t/usr/local/go/src/runtime/panic.go:9 +0x2",
    "github.com/stretchr/testify/assert.Equal(0x1)\n\t/root/go/pkg/mod/x.go:9 +0x2",
    "ok  \tencoding/json\t0.012s",
    "2026-05-21 09:12:01,123 INFO werkzeug: started",
    "2026-05-21 09:12:01.123  INFO 1 --- [main] o.s.b.w.embedded.tomcat.TomcatWebServer  : up",
    "premium_rate",
    "user@premium_rate and premium_rate@host",
];
