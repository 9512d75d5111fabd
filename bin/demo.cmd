@echo off
rem Runs the demo: a small shop that logs into PostgreSQL, then what is there by SQL.
rem Options: see bin\demo --help.
setlocal
cd /d "%~dp0.."
echo Building the demo; the first time Maven fetches its libraries, which takes a while ...
call mvn -q -B -pl examples/shop -am package "-Dmaven.test.skip" "-Dmaven.javadoc.skip" "-Dmaven.source.skip" "-Dspotless.check.skip" || exit /b 1
java -cp "examples\shop\target\classes;examples\shop\target\lib\*" dev.howdah.examples.shop.Demo %*
