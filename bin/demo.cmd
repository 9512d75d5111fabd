@echo off
rem Runs the demo: a small shop that logs into PostgreSQL, then what is there by SQL.
rem Options: see bin\demo --help.
setlocal
cd /d "%~dp0.."
set framework=logback
set options=%*
rem From here on !options!: cmd reads no character of a URL, such as its ampersands, as its own.
setlocal EnableDelayedExpansion
if defined options if not "!options:--log4j2=!"=="!options!" (
  set framework=log4j2
  set "options=!options:--log4j2=!"
)
set example=examples\shop-!framework!
echo Building the demo; the first time Maven fetches its libraries, which takes a while ...
call mvn -q -B -pl examples/shop-!framework! -am package "-Dmaven.test.skip" "-Dmaven.javadoc.skip" "-Dmaven.source.skip" "-Dspotless.check.skip" || exit /b 1
java -cp "!example!\target\classes;!example!\target\lib\*" dev.howdah.examples.shop.!framework!.Main !options!
