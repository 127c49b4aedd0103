YUI.add('moodle-availability_palier-form', function (Y, NAME) {

// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Form of the condition on a level.
 *
 * @module moodle-availability_palier-form
 */
M.availability_palier = M.availability_palier || {};

/**
 * @class M.availability_palier.form
 * @extends M.core_availability.plugin
 */
M.availability_palier.form = Y.Object(M.core_availability.plugin);

/**
 * Initialises this plugin.
 *
 * @method initInner
 * @param {Array} tests id and name of each, the name escaped
 * @param {Array} frameworks framework, title and competences (number and name) of each, titles and names escaped
 * @param {Array} activities id and name of each, the name escaped
 * @param {Number} usual percentage
 * @param {Array} chances the least and the greatest percentage
 */
M.availability_palier.form.initInner = function(tests, frameworks, activities, usual, chances) {
    this.tests = tests;
    this.frameworks = frameworks;
    this.activities = activities;
    this.usual = usual;
    this.chances = chances;
};

M.availability_palier.form.getNode = function(json) {
    var string = function(key) {
        return M.util.get_string(key, 'availability_palier');
    };
    var option = function(value, name) {
        return '<option value="' + Y.Escape.html(String(value)) + '">' + name + '</option>';
    };
    var field = function(key, control) {
        return '<label class="mb-2 me-3 mr-3"><span class="d-block">' + string('label_' + key) + '</span> ' + control + '</label>';
    };
    var select = function(name, options) {
        // Names of competences are long: the list may be wider than the field.
        return '<select class="custom-select form-select" style="max-width: 20rem" name="' + name + '">' + options + '</select>';
    };
    var input = function(name, attributes) {
        return '<input class="form-control" name="' + name + '" ' + attributes + '>';
    };
    var list = function(cms) {
        return cms.map(function(cm) {
            return option(cm.id, cm.name);
        }).join('');
    };
    var competences = this.frameworks.map(function(one) {
        return '<optgroup label="' + one.title + '">' + one.competences.map(function(competence) {
            return option(one.framework + '|' + competence.number, competence.name);
        }).join('') + '</optgroup>';
    }).join('');
    var html = '<span class="availability-group mb-3">' +
        field('competence', select('competence', option('', string('all')) + competences)) +
        field('level', input('level', 'type="number" min="0" max="99" step="1" size="3"')) +
        field('chance', input('chance', 'type="number" min="' + this.chances[0] + '" max="' + this.chances[1] + '" step="1"')) +
        field('test', select('cm', option(0, string('any')) + list(this.tests))) +
        field('prepare', select('prepare', option(0, string('none')) + list(this.activities))) +
        field('url', input('url', 'type="url" placeholder="https://"')) + '</span>';
    var node = Y.Node.create('<span class="d-flex flex-wrap align-items-end">' + html + '</span>');
    var set = function(name, value) {
        var control = node.one('[name=' + name + ']');
        if (value !== undefined && value !== null) {
            control.set('value', String(value));
        }
    };
    // A competence or an activity that is not there any more stays visible as what it is.
    var keep = function(name, value) {
        var control = node.one('[name=' + name + ']');
        if (value && !control.all('option').some(function(one) {
            return one.get('value') === String(value);
        })) {
            control.append(option(value, Y.Escape.html(String(value))));
        }
        set(name, value);
    };
    keep('competence', json.competence ? json.framework + '|' + json.competence : '');
    keep('cm', json.cm || 0);
    keep('prepare', json.prepare || 0);
    set('level', json.level);
    set('chance', json.chance === undefined ? this.usual : json.chance);
    set('url', json.url);

    if (!M.availability_palier.form.addedEvents) {
        M.availability_palier.form.addedEvents = true;
        var root = Y.one('.availability-field');
        root.delegate('change', function() {
            M.core_availability.form.update();
        }, '.availability_palier select, .availability_palier input');
    }
    return node;
};

/**
 * A whole number of a field.
 *
 * @method number
 * @param {Node} node
 * @param {String} name
 * @return {Number} NaN where there is none
 */
M.availability_palier.form.number = function(node, name) {
    var value = node.one('[name=' + name + ']').get('value').trim();
    return /^-?\d+$/.test(value) ? parseInt(value, 10) : NaN;
};

M.availability_palier.form.fillValue = function(value, node) {
    var competence = node.one('[name=competence]').get('value');
    var place = competence.indexOf('|');
    var level = this.number(node, 'level');
    var chance = this.number(node, 'chance');
    var url = node.one('[name=url]').get('value').trim();
    value.cm = this.number(node, 'cm');
    value.framework = place < 0 ? '' : competence.substring(0, place);
    value.competence = place < 0 ? '' : competence.substring(place + 1);
    value.level = isNaN(level) ? null : level;
    value.chance = isNaN(chance) ? null : chance;
    if (this.number(node, 'prepare')) {
        value.prepare = this.number(node, 'prepare');
    }
    if (url !== '') {
        value.url = url;
    }
};

M.availability_palier.form.fillErrors = function(errors, node) {
    var level = this.number(node, 'level');
    var chance = this.number(node, 'chance');
    var url = node.one('[name=url]').get('value').trim();
    if (this.number(node, 'cm') <= 0 && (node.one('[name=competence]').get('value') === '' || this.number(node, 'cm') < 0)) {
        errors.push('availability_palier:error_test');
    }
    if (isNaN(level) || level < 0) {
        errors.push('availability_palier:error_level');
    }
    if (isNaN(chance) || chance < this.chances[0] || chance > this.chances[1]) {
        errors.push('availability_palier:error_chance');
    }
    if (url !== '' && !/^https?:\/\//i.test(url)) {
        errors.push('availability_palier:error_url');
    }
};

}, '@VERSION@', {"requires": ["base","node","event","moodle-core_availability-form"]});
