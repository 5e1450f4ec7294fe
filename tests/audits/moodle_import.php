<?php
// Runs Moodle's own reader of Common Cartridge 1.1 on an unpacked cartridge, with stand-ins for the site around it.
// php moodle_import.php MOODLE CARTRIDGE prints the backup that Moodle would restore a course from.
define('MOODLE_INTERNAL', true);
define('PARAM_RAW', 'raw');
define('PARAM_CLEANHTML', 'cleanhtml');
define('DEBUG_DEVELOPER', 0);
error_reporting(E_ALL & ~E_DEPRECATED);
class coding_exception extends Exception {}
function optional_param($name, $default, $type) { return $default; }
function clean_param($value, $type) { return $value; }
function debugging($message, $level = 0) { fwrite(STDERR, "$message\n"); }
function get_string($name, $component = '') { return $name; }
$root = realpath($argv[1]);
$CFG = (object) [
    'dirroot' => $root, 'libdir' => "$root/lib", 'wwwroot' => 'http://moodle.example', 'directorypermissions' => 0777,
    'defaultblocks' => 'a:b', 'tempdir' => sys_get_temp_dir(), 'dataroot' => sys_get_temp_dir(),
];
$USER = (object) ['id' => 1];
$OUTPUT = null;

require_once("$root/lib/validateurlsyntax.php");
require_once("$root/backup/cc/includes/constants.php");
require_once("$root/backup/cc/validator.php");
require_once("$root/backup/cc/cc112moodle.php");
$manifest = cc112moodle::get_manifest(realpath($argv[2]));
chdir("$root/backup");
$reader = new cc112moodle($manifest);
if (!$reader->generate_moodle_xml()) {
    fwrite(STDERR, "Moodle found no course in it\n");
    exit(1);
}
echo file_get_contents(dirname($manifest) . '/moodle.xml');
